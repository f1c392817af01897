import { useQuery } from '@tanstack/react-query';
import { bookWords } from '../../../../messages/running/paymentsBooks';
import { Answer } from '../../../../parts/Answer';
import shared from '../../../../parts/Together.module.css';
import { type Unbilled as OfYear, unbilledQuery } from '../../../../queries/books';
import { monthName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, sum } from '../../../../words/numbers';

/** What closing the fiscal year accrues, and what of it is not known. */
export function Unbilled({ id, year }: { id: string; year: number }) {
  const words = useWords(bookWords);
  const query = useQuery(unbilledQuery(id, year));
  return (
    <Answer query={query}>
      {({ months }) =>
        months.length === 0 ? (
          <p>{words.allBilled}</p>
        ) : (
          <>
            <p>
              <strong>{words.unbilled}</strong>
            </p>
            <ul className={shared.list}>
              {months.map((month) => (
                <Month
                  key={`${month.operation_id} ${month.months.join(' ')}`}
                  month={month}
                  operation={months.some((other) => other.operation_id !== month.operation_id)}
                />
              ))}
            </ul>
            <p className={shared.weak}>{words.provision}</p>
          </>
        )
      }
    </Answer>
  );
}

interface MonthProps {
  month: OfYear['months'][number];
  /** Whether its operation has to be said, beside months of others. */
  operation: boolean;
}

function Month({ month: { operation_id, months, customers, blockers }, operation }: MonthProps) {
  const words = useWords(bookWords);
  const language = useLanguage();
  const names = months.map((month) => monthName(month, language)).join(', ');
  const named = operation ? `${names} (${operation_id})` : names;
  const cents = customers.map(({ incl_vat_cents }) => incl_vat_cents);
  const owed = sum(cents.filter((one) => one > 0));
  const credited = -sum(cents.filter((one) => one < 0));
  return (
    <>
      {owed > 0 && <li>{words.unbilledSum(named, euros(owed, language))}</li>}
      {credited > 0 && <li>{words.creditSum(named, euros(credited, language))}</li>}
      {blockers.length > 0 && <li>{words.unknownSum(named)}</li>}
    </>
  );
}
