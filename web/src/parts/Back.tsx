import { Link } from '@tanstack/react-router';
import { shellWords } from '../messages/shell';
import { monthName } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import styles from './Facts.module.css';
import { Icon } from './Icon';

/** From a page that belongs to the invoices, the way to their list. */
export function Back() {
  const words = useWords(shellWords);
  return (
    <Link className={styles.back} to="/invoices">
      <Icon name="before" />
      {words.invoices}
    </Link>
  );
}

/** From a page that belongs to a month of a point, the way to it. */
export function BackToMonth({ month, number }: { month: string; number: number }) {
  const words = useWords(shellWords);
  const language = useLanguage();
  return (
    <Link className={styles.back} to="/month/$month" params={{ month }} search={{ point: number }}>
      <Icon name="before" />
      {`${words.month} · ${monthName(month, language)}`}
    </Link>
  );
}
