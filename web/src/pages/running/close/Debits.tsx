import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { afterIssuingWords } from '../../../messages/running/afterIssuing';
import { Answer } from '../../../parts/Answer';
import go from '../../../parts/Go.module.css';
import type { InvoiceSummary } from '../../../queries/invoices';
import { mandatesOfQuery } from '../../../queries/mandateDesk';
import { owedInQuery } from '../../../queries/owed';
import { type Collector, payeesQuery } from '../../../queries/payees';
import { dayAt, fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';
import { debitsOf, inDebit, ofMonth } from '../../../words/paymentTasks';
import type { OfMonth } from './Step';

/** How what was issued for a month is paid, by account, and the way to its direct debits. */
export function Debits({ operation, month }: OfMonth) {
  const words = useWords(afterIssuingWords);
  const payees = useQuery(payeesQuery(operation));
  const owed = useQuery(owedInQuery(operation));
  return (
    <>
      <h3>{words.title}</h3>
      <Answer query={payees}>
        {({ collectors }) => (
          <Answer query={owed}>
            {(invoices) =>
              collectors.length === 0 ? (
                <NoAccount operation={operation} />
              ) : (
                collectors.map((collector) => (
                  <OfAccount
                    key={collector.id}
                    operation={operation}
                    collector={collector}
                    owed={ofMonth(month, ofCollector(collector, invoices))}
                  />
                ))
              )
            }
          </Answer>
        )}
      </Answer>
    </>
  );
}

function ofCollector({ id, others }: Collector, invoices: readonly InvoiceSummary[]) {
  const issuers = [id, ...others.map((seller) => seller.id)];
  return invoices.filter(({ issuer }) => issuers.includes(issuer.member_id));
}

function NoAccount({ operation }: { operation: string }) {
  const words = useWords(afterIssuingWords);
  return (
    <p>
      {words.noAccount}{' '}
      <Link to="/o/$operation/bills" params={{ operation }}>
        {words.toSellers}
      </Link>
    </p>
  );
}

interface OfAccountProps {
  operation: string;
  collector: Collector;
  /** What is still to come for the month. */
  owed: readonly InvoiceSummary[];
}

function OfAccount({ operation, collector, owed }: OfAccountProps) {
  const words = useWords(afterIssuingWords);
  const language = useLanguage();
  const query = useQuery(mandatesOfQuery(collector.id));
  const search = { payee: collector.id };
  const announced = inDebit(owed);
  return (
    <>
      <h4>{words.account(collector.name)}</h4>
      {owed.length === 0 && <p>{words.settled}</p>}
      {announced.count > 0 && (
        <p>
          {words.announced(announced.count, euros(announced.cents, language))}{' '}
          <Link to="/o/$operation/payments/collections" params={{ operation }} search={search}>
            {words.toCollections}
          </Link>
        </p>
      )}
      {owed.length > announced.count && (
        <Answer query={query}>
          {(mandates) => {
            if (!collector.creditor.ics) return <p>{words.noIcs}</p>;
            const { notice_days } = collector.creditor;
            const debits = debitsOf(owed, mandates, notice_days, dayAt(new Date()));
            if (!debits) {
              return announced.count > 0 ? null : (
                <p>
                  {words.noMandate}{' '}
                  <Link to="/o/$operation/payments/mandates" params={{ operation }} search={search}>
                    {words.toMandates}
                  </Link>
                </p>
              );
            }
            const { count, cents, day } = debits;
            return (
              <>
                <p>{words.debits(count, euros(cents, language), fullDay(day, language))}</p>
                <p>
                  <Link
                    className={go.quiet}
                    to="/o/$operation/payments/collections"
                    params={{ operation }}
                    search={{ ...search, day }}
                  >
                    {words.collect}
                  </Link>
                </p>
              </>
            );
          }}
        </Answer>
      )}
    </>
  );
}
