import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Fragment } from 'react';
import { operationMoneyWords } from '../../../../messages/running/operationMoney';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import facts from '../../../../parts/Facts.module.css';
import shared from '../../../../parts/Together.module.css';
import {
  type OperationPayments,
  operationPaymentsQuery,
} from '../../../../queries/customerAccounts';
import { monthAt } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { MoneyMoved } from './MoneyMoved';
import { Owing } from './Owing';

/** Who owes what in an operation, what came in a month, and what goes out. */
export function OperationMoney({ operation }: { operation: string }) {
  const { month = monthAt(new Date()) } = useSearch({ from: '/inside/o/$operation/payments/' });
  const query = useQuery(operationPaymentsQuery(operation, month));
  return (
    <Answer query={query}>
      {(payments) => (
        <>
          <Owing operation={operation} payments={payments} />
          <MoneyMoved operation={operation} payments={payments} />
          <GoingOut operation={operation} payments={payments} />
        </>
      )}
    </Answer>
  );
}

interface GoingOutProps {
  operation: string;
  payments: OperationPayments;
}

function GoingOut({ operation, payments: { collectors, owed } }: GoingOutProps) {
  const words = useWords(operationMoneyWords);
  const language = useLanguage();
  const dues = collectors.flatMap(({ member_id, payouts }) =>
    payouts.map((payout) => ({ ...payout, collector: member_id })),
  );
  return (
    <Card title={words.goesOut}>
      {dues.length === 0 && owed.credit_cents === 0 ? (
        <p className={shared.weak}>{words.nothing}</p>
      ) : (
        <dl className={facts.sums}>
          {dues.map(({ payee_id, collector, name, cents, kept_cents }) => (
            <Fragment key={`${collector} ${payee_id}`}>
              <dt>
                <Link
                  to="/o/$operation/payments/payouts"
                  params={{ operation }}
                  search={{ payee: collector }}
                >
                  {words.payout(name)}
                </Link>
                {kept_cents > 0 && (
                  <div className={shared.weak}>{words.kept(euros(kept_cents, language))}</div>
                )}
              </dt>
              <dd>{euros(cents, language)}</dd>
            </Fragment>
          ))}
          {owed.credit_cents > 0 && (
            <>
              <dt>{words.refundsDue}</dt>
              <dd>{euros(owed.credit_cents, language)}</dd>
            </>
          )}
        </dl>
      )}
    </Card>
  );
}
