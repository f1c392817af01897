import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { More } from '../../../../parts/More';
import { Said } from '../../../../parts/Said';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import {
  type BankTransaction,
  transactionsQuery,
  unmatchedQuery,
} from '../../../../queries/bankTransactions';
import type { Collector } from '../../../../queries/payees';
import { fullDay, shortDate } from '../../../../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';
import { signedEuros } from '../../../../words/numbers';
import { OfCollector } from '../OfPayee';
import styles from '../Payments.module.css';
import { Taking } from './Taking';
import { WaitingTransaction } from './WaitingTransaction';

/** What the bank says of an account: taken in here, and matched by itself or by hand. */
export function Statements() {
  const words = useWords(statementWords);
  return (
    <OfCollector title={words.title}>
      {(collector) => (
        <>
          <Matched />
          <Taking key={collector.id} collector={collector} />
          <Waiting collector={collector} />
          <All collector={collector} />
        </>
      )}
    </OfCollector>
  );
}

/** What one comes from. */
function Matched() {
  const words = useWords(statementWords);
  const { matched } = useSearch({ from: '/inside/o/$operation/payments/statements' });
  return <Said>{matched !== undefined && words.done(matched)}</Said>;
}

function Waiting({ collector: { id } }: { collector: Collector }) {
  const words = useWords(statementWords);
  const query = useQuery(unmatchedQuery(id));
  return (
    <Card title={words.waiting}>
      <Answer query={query}>
        {(waiting) =>
          waiting.length === 0 ? (
            <p className={shared.weak}>{words.nothingWaits}</p>
          ) : (
            <>
              <p className={shared.weak}>{words.waitingHelp}</p>
              <ul className={shared.list}>
                {waiting.map((transaction) => (
                  <li key={transaction.id}>
                    <WaitingTransaction payee={id} transaction={transaction} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Answer>
    </Card>
  );
}

function All({ collector: { id } }: { collector: Collector }) {
  const words = useWords(statementWords);
  const query = useInfiniteQuery(transactionsQuery(id));
  return (
    <>
      <h2>{words.all}</h2>
      <Answer query={query}>
        {(transactions) =>
          transactions.length === 0 ? (
            <p className={shared.weak}>{words.none}</p>
          ) : (
            <Transactions transactions={transactions} />
          )
        }
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}

function Transactions({ transactions }: { transactions: readonly BankTransaction[] }) {
  const words = useWords(statementWords);
  const language = useLanguage();
  return (
    <table className={tables.table}>
      <caption>{words.newestFirst}</caption>
      <thead>
        <tr>
          <th scope="col">{words.day}</th>
          <th scope="col">{words.party}</th>
          <th className={tables.number} scope="col">
            {words.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {transactions.map(({ id, booked_on, party_name, remittance, matched_by, amount_cents }) => (
          <tr key={id}>
            <th className={tables.date} scope="row">
              <time dateTime={booked_on} title={fullDay(booked_on, language)}>
                {shortDate(booked_on, language)}
              </time>
            </th>
            <td>
              {party_name ??
                (remittance && <span lang={OF_OPERATIONS}>{remittance}</span>) ??
                words.unknownParty}
              <span className={`${shared.weak} ${styles.below}`}>
                {matched_by ? words.matchedBy[matched_by] : words.notMatched}
              </span>
            </td>
            <td className={tables.number}>{signedEuros(amount_cents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
