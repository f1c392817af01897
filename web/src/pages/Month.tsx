import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Failed } from '../parts/Failed';
import { sum } from '../pictures/day';
import { MonthHeat } from '../pictures/MonthHeat';
import { consumingPoints, meQuery, type OwnParticipation } from '../queries/me';
import { monthQuery, type PointMonth } from '../queries/months';
import { longDay, monthBeside, monthName } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { kwh, percent } from '../words/numbers';
import styles from './Month.module.css';
import { Heading } from './Shell';

/** What of my electricity was local this month, and when. */
export function Month() {
  const words = useWords().month;
  const language = useLanguage();
  const { month } = useParams({ from: '/inside/month/$month' });
  const { point: number } = useSearch({ from: '/inside/month/$month' });
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const points = consumingPoints(me);
  const point = points[number - 1];
  return (
    <>
      <div className={styles.head}>
        <Heading>{`${words.title} · ${monthName(month, language)}`}</Heading>
        <nav className={styles.beside}>
          <Beside month={monthBeside(month, -1)} point={number} label={words.before} sign="‹" />
          <Beside month={monthBeside(month, 1)} point={number} label={words.after} sign="›" />
        </nav>
      </div>
      {points.length > 1 && <Points points={points} month={month} />}
      {point && (
        <OfPoint key={`${point.operation_id} ${point.prm} ${month}`} point={point} month={month} />
      )}
      {!point && <p>{me.profile ? words.noPoint : words.nobodysMonth}</p>}
    </>
  );
}

function OfPoint({ point, month }: { point: OwnParticipation; month: string }) {
  const words = useWords();
  const { data, error, refetch } = useQuery(monthQuery(point.operation_id, point.prm, month));
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <p>{words.shell.loading}</p>;
  if (!data.days.some((day) => day.consumption_wmin.some((energy) => energy > 0))) {
    return <p>{words.month.noData}</p>;
  }
  return (
    <>
      <Figures month={data} />
      <Picture month={data} />
    </>
  );
}

function Figures({ month }: { month: PointMonth }) {
  const words = useWords().month;
  const language = useLanguage();
  const { totals, settlement, days } = month;
  const missing = days.length - totals.days_allocated;
  const state = settlement ? words[settlement.status] : words.running;
  return (
    <div className={styles.figures}>
      <p>
        <span className={styles.coverage}>{percent(totals.coverage ?? null, language)}</span>{' '}
        {words.local} <span className={styles.state}>{state}</span>
      </p>
      <p className={styles.weak}>
        {words.ofAll(kwh(totals.shared_wmin, language), kwh(totals.consumption_wmin, language))}
      </p>
      {missing > 0 && <p className={styles.weak}>{words.daysMissing(missing)}</p>}
    </div>
  );
}

function Picture({ month }: { month: PointMonth }) {
  const words = useWords().month;
  const language = useLanguage();
  const [isTable, setTable] = useState(false);
  const { coverage, shared_wmin, consumption_wmin } = month.totals;
  const sums = words.ofAll(kwh(shared_wmin, language), kwh(consumption_wmin, language));
  return (
    <>
      <ul className={styles.legend}>
        <li className={styles.local}>{words.legendLocal}</li>
        <li className={styles.grid}>{words.legendGrid}</li>
      </ul>
      {isTable ? (
        <DaysTable month={month} />
      ) : (
        <MonthHeat
          month={month}
          sentence={`${percent(coverage ?? null, language)} ${words.local}. ${sums}.`}
        />
      )}
      <p className={styles.weak}>{words.pictureHelp}</p>
      {month.sun.withheld && <p className={styles.weak}>{words.sunWithheld}</p>}
      <Button className={styles.switch ?? ''} onPress={() => setTable(!isTable)}>
        {isTable ? words.asPicture : words.asTable}
      </Button>
    </>
  );
}

function DaysTable({ month }: { month: PointMonth }) {
  const words = useWords().month;
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
              <td>{kwh(used, language)}</td>
              <td>{shared === null ? words.notShared : kwh(shared, language)}</td>
              <td>{shared === null ? '–' : kwh(used - shared, language)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Points({ points, month }: { points: OwnParticipation[]; month: string }) {
  const words = useWords().month;
  return (
    <nav aria-label={words.point}>
      <ul className={styles.points}>
        {points.map((point, place) => (
          <li key={`${point.operation_id} ${point.prm}`}>
            <Link to="/month/$month" params={{ month }} search={{ point: place + 1 }}>
              {point.point_label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface BesideProps {
  month: string;
  point: number;
  label: string;
  sign: string;
}

function Beside({ month, point, label, sign }: BesideProps) {
  return (
    <Link to="/month/$month" params={{ month }} search={{ point }} aria-label={label}>
      {sign}
    </Link>
  );
}
