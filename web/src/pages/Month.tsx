import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { monthWords } from '../messages/month';
import { monthsWords } from '../messages/months';
import { Answer } from '../parts/Answer';
import { AskOrganiser } from '../parts/AskOrganiser';
import { Heading } from '../parts/Heading';
import { OfPoint } from '../parts/OfPoint';
import { OtherMonths } from '../parts/OtherMonths';
import { isUnknown } from '../pictures/day';
import { meQuery, type OwnParticipation, producingPoints } from '../queries/me';
import { monthQuery, monthsQuery, type PointMonth } from '../queries/months';
import { monthName } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { Compared } from './Compared';
import { FirstVisit } from './FirstVisit';
import { MonthFigures } from './MonthFigures';
import { MonthPicture } from './MonthPicture';
import { Suggestion } from './Suggestion';

/** What of my electricity was local this month, and when. */
export function Month() {
  const words = useWords(monthWords);
  const language = useLanguage();
  const { month } = useParams({ from: '/inside/month/$month' });
  const { point: number, first } = useSearch({ from: '/inside/month/$month' });
  return (
    <>
      <Heading>{`${words.title} · ${monthName(month, language)}`}</Heading>
      {first && <FirstVisit />}
      <OfPoint number={number}>
        {(point) => (
          <>
            <Ways point={point} number={number} month={month} />
            <MonthOfPoint point={point} number={number} month={month} />
            <AskOrganiser operationId={point.operation_id} />
          </>
        )}
      </OfPoint>
    </>
  );
}

function MonthOfPoint({ point, number, month }: OfMonthProps) {
  const query = useQuery(monthQuery(point.operation_id, point.prm, month));
  return (
    <Answer query={query}>
      {(data) => <OfMonth month={data} point={point} number={number} />}
    </Answer>
  );
}

interface ShownProps {
  month: PointMonth;
  point: OwnParticipation;
  number: number;
}

function OfMonth({ month, point, number }: ShownProps) {
  const words = useWords(monthWords);
  if (month.days.length === 0) return <p>{words.notThen}</p>;
  if (month.days.every(isUnknown)) return <p>{words.noData}</p>;
  return (
    <>
      <MonthFigures month={month} number={number} />
      <MonthPicture month={month} number={number} />
      {month.settlement && <Compared point={point} month={month.month} />}
      <Suggestion days={month.days} />
    </>
  );
}

interface OfMonthProps {
  point: OwnParticipation;
  number: number;
  month: string;
}

/** To other months in which the point takes part, and to what is of all of them. */
function Ways({ point, number, month }: OfMonthProps) {
  const words = useWords(monthWords);
  const { all } = useWords(monthsWords);
  const { data: me } = useQuery(meQuery);
  const { data: months = [] } = useQuery(monthsQuery(point.operation_id, point.prm));
  return (
    <OtherMonths
      month={month}
      months={months}
      pageOf={(other) => ({
        to: '/month/$month',
        params: { month: other },
        search: { point: number },
      })}
    >
      <Link to="/history" search={{ point: number }}>
        {all}
      </Link>
      {me && producingPoints(me).length > 0 && <Link to="/production">{words.production}</Link>}
    </OtherMonths>
  );
}
