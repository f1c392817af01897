import { Link } from '@tanstack/react-router';
import { invoicesWords } from '../../messages/invoices';
import facts from '../../parts/Facts.module.css';
import { useWords } from '../../words/language';
import styles from './Invoices.module.css';

/** From the invoices, the ways to what makes them what they are. */
export function Understand({ consumes }: { consumes: boolean }) {
  const words = useWords(invoicesWords);
  return (
    <section>
      <h2>{words.understand}</h2>
      <ul className={styles.links}>
        <li>
          <Link to="/invoices/account">{words.account}</Link>
          <span className={facts.weak}>{words.accountHelp}</span>
        </li>
        {consumes && (
          <li>
            <Link to="/bills" search={{ point: 1 }}>
              {words.bills}
            </Link>
            <span className={facts.weak}>{words.billsHelp}</span>
          </li>
        )}
        <li>
          <Link to="/price" search={{ point: 1 }}>
            {words.price}
          </Link>
          <span className={facts.weak}>{words.priceHelp}</span>
        </li>
        <li>
          <Link to="/key" search={{ point: 1 }}>
            {words.key}
          </Link>
          <span className={facts.weak}>{words.keyHelp}</span>
        </li>
        {consumes && (
          <li>
            <Link to="/mandate">{words.mandate}</Link>
            <span className={facts.weak}>{words.mandateHelp}</span>
          </li>
        )}
      </ul>
    </section>
  );
}
