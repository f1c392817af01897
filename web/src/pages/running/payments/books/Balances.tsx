import { bookWords } from '../../../../messages/running/paymentsBooks';
import tables from '../../../../parts/Table.module.css';
import type { Balance } from '../../../../queries/books';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';

/** What each account comes to; those of many parties, by party. */
export function Balances({ year, balances }: { year: number; balances: readonly Balance[] }) {
  const words = useWords(bookWords);
  return (
    <div className={tables.scroll}>
      <table className={tables.numbers}>
        <caption>{words.balancesOf(year)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.account}</th>
            <th scope="col">{words.debit}</th>
            <th scope="col">{words.credit}</th>
            <th scope="col">{words.balance}</th>
          </tr>
        </thead>
        <tbody>
          {balances.map((balance) => (
            <Row key={`${balance.account} ${balance.party_id}`} balance={balance} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ balance }: { balance: Balance }) {
  const language = useLanguage();
  const { account, account_label, party_name, debit_cents, credit_cents, balance_cents } = balance;
  return (
    <tr>
      <th scope="row">
        {account} {account_label}
        {party_name && ` · ${party_name}`}
      </th>
      <td>{euros(debit_cents, language)}</td>
      <td>{euros(credit_cents, language)}</td>
      <td>{euros(balance_cents, language)}</td>
    </tr>
  );
}
