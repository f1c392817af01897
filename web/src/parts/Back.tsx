import { Link } from '@tanstack/react-router';
import { shellWords } from '../messages/shell';
import { useWords } from '../words/language';
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
