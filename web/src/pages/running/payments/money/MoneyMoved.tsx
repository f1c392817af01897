import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { operationMoneyWords } from '../../../../messages/running/operationMoney';
import { Card } from '../../../../parts/Card';
import facts from '../../../../parts/Facts.module.css';
import shared from '../../../../parts/Together.module.css';
import type { OperationPayments } from '../../../../queries/customerAccounts';
import { monthAt, monthLater, monthName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';

interface MoneyMovedProps {
  operation: string;
  payments: OperationPayments;
}

/** What the bank moved in a month, and what on its accounts nobody has explained yet. */
export function MoneyMoved({ operation, payments: { month, moved, collectors } }: MoneyMovedProps) {
  const words = useWords(operationMoneyWords);
  const language = useLanguage();
  const isSaid = (cents: number) => cents !== 0;
  const rest = [
    [words.returned, moved.returned_cents],
    [words.refunds, moved.refunds_cents],
    [words.takenBack, moved.taken_back_cents],
  ] as const;
  return (
    <Card title={words.came}>
      <p className={shared.weak}>{words.inMonth(monthName(month, language))}</p>
      <dl className={facts.sums}>
        <dt>
          <Link to="/o/$operation/payments/collections" params={{ operation }}>
            {words.debits}
          </Link>
        </dt>
        <dd>{euros(moved.debits_cents, language)}</dd>
        <dt>
          <Link to="/o/$operation/payments/statements" params={{ operation }}>
            {words.transfers}
          </Link>
        </dt>
        <dd>{euros(moved.transfers_cents, language)}</dd>
        {rest
          .filter(([, cents]) => isSaid(cents))
          .map(([word, cents]) => (
            <Fragment key={word}>
              <dt>{word}</dt>
              <dd>{euros(-cents, language)}</dd>
            </Fragment>
          ))}
        <dt className={facts.total}>{words.net}</dt>
        <dd className={facts.total}>{euros(moved.net_cents, language)}</dd>
        {collectors
          .filter(({ unmatched_count }) => unmatched_count > 0)
          .map(({ member_id, name, unmatched_count, unmatched_cents }) => (
            <Fragment key={member_id}>
              <dt>
                <Link
                  to="/o/$operation/payments/statements"
                  params={{ operation }}
                  search={{ payee: member_id }}
                >
                  {words.unmatched(unmatched_count, name)}
                </Link>
              </dt>
              <dd>{euros(unmatched_cents, language)}</dd>
            </Fragment>
          ))}
      </dl>
      <Months operation={operation} month={month} />
    </Card>
  );
}

function Months({ operation, month }: { operation: string; month: string }) {
  const words = useWords(operationMoneyWords);
  const page = { to: '/o/$operation/payments', params: { operation } } as const;
  return (
    <nav aria-label={words.months} className={shared.line}>
      <Link {...page} search={{ month: monthLater(month, -1) }} resetScroll={false}>
        {words.before}
      </Link>
      {month < monthAt(new Date()) && (
        <Link {...page} search={{ month: monthLater(month, 1) }} resetScroll={false}>
          {words.next}
        </Link>
      )}
    </nav>
  );
}
