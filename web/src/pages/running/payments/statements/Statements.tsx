import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
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
import { mayBeTakenBack } from '../../../../words/matching';
import { signedEuros } from '../../../../words/numbers';
import { OfCollector } from '../OfPayee';
import styles from '../Payments.module.css';
import { Taking } from './Taking';
import { TakingBack } from './TakingBack';
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
                    <WaitingTransaction collectorId={id} transaction={transaction} />
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

function All({ collector }: { collector: Collector }) {
  const words = useWords(statementWords);
  const query = useInfiniteQuery(transactionsQuery(collector.id));
  return (
    <>
      <h2>{words.all}</h2>
      <Answer query={query}>
        {(transactions) =>
          transactions.length === 0 ? (
            <p className={shared.weak}>{words.none}</p>
          ) : (
            <Transactions collector={collector} transactions={transactions} />
          )
        }
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}

interface TransactionsProps {
  collector: Collector;
  transactions: readonly BankTransaction[];
}

function Transactions({ collector, transactions }: TransactionsProps) {
  const words = useWords(statementWords);
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
        {transactions.map((transaction) => (
          <Transaction key={transaction.id} collector={collector} transaction={transaction} />
        ))}
      </tbody>
    </table>
  );
}

interface TransactionProps {
  collector: Collector;
  transaction: BankTransaction;
}

/** A movement, and the invoices that it pays or pays back. */
function Transaction({ collector, transaction }: TransactionProps) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const { booked_on, party_name, remittance, matched_by, amount_cents, payments } = transaction;
  return (
    <tr>
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
        {payments.map(({ invoice_id, number, issuer_name, amount_cents: cents }) => (
          <span key={invoice_id} className={`${shared.weak} ${styles.below}`}>
            <Link to="/invoices/$id" params={{ id: invoice_id }}>
              {words.pays(
                // Sellers count each by itself, so that they use the same numbers.
                collector.others.length > 0 ? `${number} · ${issuer_name}` : number,
                signedEuros(cents, language),
              )}
            </Link>
          </span>
        ))}
        {mayBeTakenBack(transaction) && (
          <TakingBack collectorId={collector.id} transaction={transaction} />
        )}
      </td>
      <td className={tables.number}>{signedEuros(amount_cents, language)}</td>
    </tr>
  );
}
