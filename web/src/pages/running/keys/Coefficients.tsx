import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { slugOf } from '../../../api/problem';
import { coefficientWords } from '../../../messages/running/coefficients';
import { Answer } from '../../../parts/Answer';
import { BackToKeys } from '../../../parts/Back';
import facts from '../../../parts/Facts.module.css';
import { Heading } from '../../../parts/Heading';
import { OtherMonths } from '../../../parts/OtherMonths';
import shared from '../../../parts/Together.module.css';
import { Why } from '../../../parts/Why';
import { coefficientsQuery } from '../../../queries/coefficients';
import { deadlinesQuery } from '../../../queries/deadlines';
import { perimeterQuery } from '../../../queries/perimeters';
import { fullDay, lastMonthOver, monthLater, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import type { OfMonth } from '../close/Step';
import { CoefficientFile } from './CoefficientFile';
import { Submissions } from './Submissions';

/** The file that the DSO wants for a month: whether there is one, what it loses, that it was sent. */
export function Coefficients() {
  const { operation } = useParams({ from: '/inside/o/$operation/keys/coefficients' });
  const search = useSearch({ from: '/inside/o/$operation/keys/coefficients' });
  const words = useWords(coefficientWords);
  const language = useLanguage();
  const now = lastMonthOver(new Date());
  const month = search.month ?? now;
  const perimeter = useQuery(perimeterQuery(operation));
  const first = perimeter.data?.valid_from.slice(0, 7) ?? month;
  const beside = [monthLater(month, -1), monthLater(month, 1)];
  return (
    <>
      <BackToKeys operation={operation} />
      <Heading>{words.title(monthName(month, language))}</Heading>
      <OtherMonths
        month={month}
        months={beside.filter((one) => first <= one && one <= now).map((one) => ({ month: one }))}
        pageOf={(other) => ({
          to: '/o/$operation/keys/coefficients',
          params: { operation },
          search: { month: other },
        })}
      />
      <Why title={words.why}>
        <p>{words.whyText}</p>
      </Why>
      <OfOneMonth key={month} operation={operation} month={month} />
    </>
  );
}

function OfOneMonth({ operation, month }: OfMonth) {
  const query = useQuery(coefficientsQuery(operation, month));
  const slug = query.error && !query.data ? slugOf(query.error) : '';
  if (slug === 'coefficients-not-needed') return <NotNeeded operation={operation} />;
  if (slug === 'coefficients-set-before') return <SetBefore operation={operation} month={month} />;
  if (slug === 'days-incomplete') return <Blocked operation={operation} month={month} />;
  return (
    <Answer query={query}>
      {(report) => (
        <>
          <Due operation={operation} month={month} />
          <CoefficientFile operation={operation} report={report} />
          <Submissions operation={operation} report={report} />
        </>
      )}
    </Answer>
  );
}

function NotNeeded({ operation }: { operation: string }) {
  const words = useWords(coefficientWords);
  return (
    <>
      <p className={facts.lead}>{words.notNeeded}</p>
      <p>{words.notNeededHelp}</p>
      <Link to="/o/$operation/keys" params={{ operation }}>
        {words.toKeys}
      </Link>
    </>
  );
}

function SetBefore({ operation, month }: OfMonth) {
  const words = useWords(coefficientWords);
  return (
    <>
      <p className={facts.lead}>{words.setBefore}</p>
      <Link to="/o/$operation/keys/deposits" params={{ operation }} search={{ month }}>
        {words.toDeposits}
      </Link>
    </>
  );
}

function Blocked({ operation, month }: OfMonth) {
  const words = useWords(coefficientWords);
  return (
    <>
      <Due operation={operation} month={month} />
      <p className={facts.lead}>{words.blocked}</p>
      <Link to="/o/$operation/months/$month" params={{ operation, month }} hash="shares">
        {words.toShares}
      </Link>
    </>
  );
}

/** Until when, as long as nothing was sent. */
function Due({ operation, month }: OfMonth) {
  const words = useWords(coefficientWords);
  const language = useLanguage();
  const { data = [] } = useQuery(deadlinesQuery);
  const task = data.find(
    (one) =>
      one.kind === 'coefficients_to_send' &&
      one.operation_id === operation &&
      one.month?.slice(0, 7) === month,
  );
  if (!task) return null;
  const day = fullDay(task.due, language);
  return (
    <p className={task.is_late ? shared.alert : shared.lead}>
      {task.is_late ? words.late(day) : words.due(day)}
    </p>
  );
}
