import { Link } from '@tanstack/react-router';
import { customerAccountWords } from '../../messages/customerAccount';
import tables from '../../parts/Table.module.css';
import shared from '../../parts/Together.module.css';
import type { AccountLine, CustomerAccount } from '../../queries/customerAccounts';
import { fullDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros, signedEuros } from '../../words/numbers';
import styles from './Account.module.css';

interface AccountLinesProps {
  lines: readonly AccountLine[];
  sellers: CustomerAccount['sellers'];
  operation?: string | undefined;
}

/** What moved an account, the newest first, with the balance after each. */
export function AccountLines({ lines, sellers, operation }: AccountLinesProps) {
  const words = useWords(customerAccountWords);
  const language = useLanguage();
  const names = new Map(sellers.map(({ issuer_id, name }) => [issuer_id, name]));
  return (
    <table className={tables.table}>
      <caption>{words.lines}</caption>
      <thead>
        <tr>
          <th scope="col">{words.what}</th>
          <th scope="col" className={tables.number}>
            {words.amount}
          </th>
          <th scope="col" className={tables.number}>
            {words.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">
              {words.kinds[line.kind]} <Documents line={line} operation={operation} />
              <p className={shared.weak}>
                {fullDay(line.day, language)}
                {sellers.length > 1 && `\u00a0· ${names.get(line.issuer_id) ?? ''}`}
              </p>
            </th>
            <td className={tables.number}>
              {line.cents === 0 ? '' : signedEuros(line.cents, language)}
            </td>
            <td className={tables.number}>{euros(line.balance_cents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Documents({
  line: { documents },
  operation,
}: {
  line: AccountLine;
  operation?: string | undefined;
}) {
  return documents.map(({ id, number }, place) => (
    <span className={styles.number} key={id}>
      {place > 0 && ', '}
      {operation ? (
        <Link to="/o/$operation/bills/documents/$document" params={{ operation, document: id }}>
          {number}
        </Link>
      ) : (
        <Link to="/invoices/$id" params={{ id }}>
          {number}
        </Link>
      )}
    </span>
  ));
}
