import { useQuery } from '@tanstack/react-query';
import { bookWords } from '../../../../messages/running/paymentsBooks';
import { Answer } from '../../../../parts/Answer';
import shared from '../../../../parts/Together.module.css';
import { type Unbilled as OfYear, unbilledQuery } from '../../../../queries/books';
import { monthName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, sum } from '../../../../words/numbers';

/** What closing the fiscal year would leave out of it. */
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
                <Month key={`${month.operation_id} ${month.months[0]}`} month={month} />
              ))}
            </ul>
            <p className={shared.weak}>{words.provision}</p>
          </>
        )
      }
    </Answer>
  );
}

function Month({ month: { months, customers } }: { month: OfYear['months'][number] }) {
  const words = useWords(bookWords);
  const language = useLanguage();
  const named = months.map((month) => monthName(month, language)).join(', ');
  if (customers.length === 0) return <li>{words.unknownSum(named)}</li>;
  const cents = customers.map(({ incl_vat_cents }) => incl_vat_cents);
  const owed = sum(cents.filter((one) => one > 0));
  const credited = -sum(cents.filter((one) => one < 0));
  return (
    <>
      {owed > 0 && <li>{words.unbilledSum(named, euros(owed, language))}</li>}
      {credited > 0 && <li>{words.creditSum(named, euros(credited, language))}</li>}
    </>
  );
}
