import { Link } from '@tanstack/react-router';
import { overviewWords } from '../../../messages/staff/operations';
import { Beside } from '../../../parts/Beside';
import { Icon } from '../../../parts/Icon';
import { useWords } from '../../../words/language';
import styles from './Overview.module.css';

/** The ways to the operations before and after these; nothing, if these are all. */
export function Paging({ page, pages }: { page: number; pages: number }) {
  const words = useWords(overviewWords);
  if (pages === 1) return null;
  const ways = [
    { to: page - 1, name: words.before, icon: 'before' as const },
    { to: page + 1, name: words.after, icon: 'after' as const },
  ];
  return (
    <Beside label={words.pages}>
      {ways
        .filter(({ to }) => to >= 1 && to <= pages)
        .map(({ to, name, icon }) => (
          <Link
            key={icon}
            to="/staff/operations"
            search={(search) => ({ ...search, page: to === 1 ? undefined : to })}
            aria-label={name}
          >
            <Icon name={icon} />
          </Link>
        ))}
      <span className={styles.page}>{words.page(page, pages)}</span>
    </Beside>
  );
}
