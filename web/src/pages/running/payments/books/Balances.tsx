import { bookWords } from '../../../../messages/running/paymentsBooks';
import tables from '../../../../parts/Table.module.css';
import type { Balance } from '../../../../queries/books';
import { type AccountSum, byAccount } from '../../../../words/balances';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';

/** What each account comes to, and below it whose it is. */
export function Balances({ year, balances }: { year: number; balances: readonly Balance[] }) {
  const words = useWords(bookWords);
  const accounts = byAccount(balances);
  return (
    <>
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
            {accounts.map((account) => (
              <Row key={account.account} account={account} />
            ))}
          </tbody>
        </table>
      </div>
      {accounts
        .filter(({ parties }) => parties.length > 0)
        .map((account) => (
          <Parties key={account.account} account={account} />
        ))}
    </>
  );
}

function Row({ account: { account, label, debit, credit, balance } }: { account: AccountSum }) {
  const language = useLanguage();
  return (
    <tr>
      <th scope="row">
        {account} <span lang="fr">{label}</span>
      </th>
      <td className={tables.number}>{euros(debit, language)}</td>
      <td className={tables.number}>{euros(credit, language)}</td>
      <td className={tables.number}>{euros(balance, language)}</td>
    </tr>
  );
}

function Parties({ account: { account, label, parties } }: { account: AccountSum }) {
  const words = useWords(bookWords);
  const language = useLanguage();
  return (
    <details>
      <summary>{words.parties(`${account} ${label}`)}</summary>
      <table className={tables.numbers}>
        <caption>{words.partiesHelp}</caption>
        <thead>
          <tr>
            <th scope="col">{words.party}</th>
            <th scope="col">{words.balance}</th>
          </tr>
        </thead>
        <tbody>
          {parties.map(({ party_id, party_name, balance_cents }) => (
            <tr key={party_id}>
              <th scope="row">{party_name}</th>
              <td className={tables.number}>{euros(balance_cents, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
