import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { paymentNoticeWords } from '../../messages/paymentNotices';
import facts from '../../parts/Facts.module.css';
import { ownNoticesQuery } from '../../queries/paymentNotices';
import { useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';
import styles from './Invoices.module.css';
import { askedCents, noticeSentence } from './noticeSentence';

/** The notices of which something is left to pay; nothing for who gets none. */
export function OwnNotices() {
  const words = useWords(paymentNoticeWords);
  const language = useLanguage();
  const { data: notices = [] } = useQuery(ownNoticesQuery);
  const open = notices.filter(
    ({ payable_cents, announced_cents }) => payable_cents + announced_cents > 0,
  );
  if (open.length === 0) return null;
  return (
    <section>
      <h2>{words.inOneSum}</h2>
      <ul className={facts.cards}>
        {open.map((notice) => (
          <li className={facts.card} key={notice.id}>
            <Link className={styles.name} to="/invoices/notices/$id" params={{ id: notice.id }}>
              {words.title(notice.number)}
            </Link>
            <p className={styles.sum}>{euros(askedCents(notice), language)}</p>
            <p>{noticeSentence(notice, language)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
