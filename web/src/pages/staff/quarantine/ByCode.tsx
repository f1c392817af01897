import { Link, useSearch } from '@tanstack/react-router';
import { quarantineWords } from '../../../messages/staff/quarantine';
import type { CodeCount } from '../../../queries/quarantine';
import { useWords } from '../../../words/language';
import { Tiles } from '../Tiles';
import styles from './ByCode.module.css';

/** Why records were kept out, with how many of each reason are to be decided on. */
export function ByCode({ counts }: { counts: readonly CodeCount[] }) {
  const words = useWords(quarantineWords);
  const { code: chosen } = useSearch({ from: '/inside/staff/quarantine' });
  return (
    <Tiles label={words.codes} isWide>
      {[...counts]
        .sort((one, other) => other.open - one.open)
        .map(({ code, open }) => [
          code,
          <Link
            key={code}
            to="/staff/quarantine"
            // Once more: all of them again.
            search={(search) => ({ ...search, code: code === chosen ? undefined : code })}
            aria-current={code === chosen ? 'true' : undefined}
          >
            <span className={styles.name}>{words.code[code] ?? code}</span>
            <span className={styles.open}>{words.open(open)}</span>
          </Link>,
        ])}
    </Tiles>
  );
}
