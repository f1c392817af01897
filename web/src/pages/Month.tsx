import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { monthWords } from '../messages/month';
import { Answer } from '../parts/Answer';
import { Beside } from '../parts/Beside';
import { Icon } from '../parts/Icon';
import { OfPoint } from '../parts/OfPoint';
import { QuietButton } from '../parts/QuietButton';
import { sum } from '../pictures/day';
import { MonthHeat } from '../pictures/MonthHeat';
import type { OwnParticipation } from '../queries/me';
import { monthQuery, monthsQuery, type PointDay, type PointMonth } from '../queries/months';
import { longDay, monthName } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { kwh, percent } from '../words/numbers';
import styles from './Month.module.css';
import { Heading } from './Shell';

/** What of my electricity was local this month, and when. */
export function Month() {
  const words = useWords(monthWords);
  const language = useLanguage();
  const { month } = useParams({ from: '/inside/month/$month' });
  const { point: number } = useSearch({ from: '/inside/month/$month' });
  return (
    <>
      <Heading>{`${words.title} · ${monthName(month, language)}`}</Heading>
      <OfPoint number={number}>
        {(point) => (
          <>
            <OtherMonths point={point} number={number} month={month} />
            <MonthOfPoint point={point} month={month} />
          </>
        )}
      </OfPoint>
    </>
  );
}

function MonthOfPoint({ point, month }: { point: OwnParticipation; month: string }) {
  const query = useQuery(monthQuery(point.operation_id, point.prm, month));
  return <Answer query={query}>{(data) => <OfMonth month={data} />}</Answer>;
}

function OfMonth({ month }: { month: PointMonth }) {
  const words = useWords(monthWords);
  if (month.days.length === 0) return <p>{words.notThen}</p>;
  if (month.days.every(isUnknown)) return <p>{words.noData}</p>;
  return (
    <>
      <Figures month={month} />
      <Picture month={month} />
    </>
  );
}

function Figures({ month }: { month: PointMonth }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const { totals, days } = month;
  const missing = days.length - totals.days_allocated;
  return (
    <div className={styles.figures}>
      <p>
        <span className={styles.coverage}>{percent(totals.coverage ?? null, language)}</span>{' '}
        {words.local}
      </p>
      <p className={styles.weak}>
        {words.ofAll(kwh(totals.shared_wmin, language), kwh(totals.consumption_wmin, language))}
      </p>
      {missing > 0 && <p className={styles.weak}>{words.daysMissing(missing)}</p>}
    </div>
  );
}

function Picture({ month }: { month: PointMonth }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const [isTable, setTable] = useState(false);
  const { coverage, shared_wmin, consumption_wmin } = month.totals;
  const sums = words.ofAll(kwh(shared_wmin, language), kwh(consumption_wmin, language));
  return (
    <>
      {isTable ? (
        <DaysTable month={month} />
      ) : (
        <>
          <Legend month={month} />
          <MonthHeat
            month={month}
            sentence={`${percent(coverage ?? null, language)} ${words.local}. ${sums}.`}
          />
          <p className={styles.weak}>{words.pictureHelp}</p>
          {month.sun.by_hour_tenths && <p className={styles.weak}>{words.sunSentence}</p>}
        </>
      )}
      {month.sun.withheld && <p className={styles.weak}>{words.sunWithheld}</p>}
      <QuietButton onPress={() => setTable(!isTable)}>
        {isTable ? words.asPicture : words.asTable}
      </QuietButton>
    </>
  );
}

/** What is in the picture, and no more. */
function Legend({ month }: { month: PointMonth }) {
  const words = useWords(monthWords);
  const natures = month.days.map((day) => day.nature ?? '').join('');
  const isUnshared = month.days.some((day) => day.shared_wmin === null && !isUnknown(day));
  return (
    <ul className={styles.legend}>
      <li className={styles.local}>{words.legendLocal}</li>
      <li className={styles.grid}>{words.legendGrid}</li>
      {isUnshared && <li className={styles.unshared}>{words.legendUnshared}</li>}
      {natures.includes('e') && <li className={styles.noted}>{words.legendEstimated}</li>}
      {natures.includes('-') && <li className={styles.noted}>{words.legendMissing}</li>}
    </ul>
  );
}

/** Nothing of the day was measured, nor estimated. */
function isUnknown(day: PointDay): boolean {
  return day.nature !== null && /^-+$/.test(day.nature);
}

function DaysTable({ month }: { month: PointMonth }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  return (
    <table className={styles.table}>
      <caption>{words.picture}</caption>
      <thead>
        <tr>
          <th scope="col">{words.day}</th>
          <th scope="col">{words.used}</th>
          <th scope="col">{words.shared}</th>
          <th scope="col">{words.rest}</th>
        </tr>
      </thead>
      <tbody>
        {month.days.map((day) => {
          const used = sum(day.consumption_wmin);
          const shared = day.shared_wmin ? sum(day.shared_wmin) : null;
          return (
            <tr key={day.day}>
              <th scope="row">{longDay(day.day, language)}</th>
              <td>{kwh(used, language, 1)}</td>
              <td>{shared === null ? words.notShared : kwh(shared, language, 1)}</td>
              <td>{shared === null ? '–' : kwh(used - shared, language, 1)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface OtherMonthsProps {
  point: OwnParticipation;
  number: number;
  month: string;
}

/** The months before and after, of those in which the point takes part. */
function OtherMonths({ point, number, month }: OtherMonthsProps) {
  const words = useWords(monthWords);
  const { data: months = [] } = useQuery(monthsQuery(point.operation_id, point.prm));
  const before = months.findLast((listed) => listed.month < month)?.month;
  const after = months.find((listed) => listed.month > month)?.month;
  const search = { point: number };
  return (
    <Beside label={words.months}>
      {before && (
        <Link
          to="/month/$month"
          params={{ month: before }}
          search={search}
          aria-label={words.before}
        >
          <Icon name="before" />
        </Link>
      )}
      {after && (
        <Link to="/month/$month" params={{ month: after }} search={search} aria-label={words.after}>
          <Icon name="after" />
        </Link>
      )}
      <Link to="/history" search={search}>
        {words.history}
      </Link>
    </Beside>
  );
}
