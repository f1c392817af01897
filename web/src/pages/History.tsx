import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { historyWords } from '../messages/history';
import { Answer } from '../parts/Answer';
import { OfPoint } from '../parts/OfPoint';
import { QuietButton } from '../parts/QuietButton';
import { saveFile } from '../parts/save';
import { sum } from '../pictures/day';
import { MonthBar } from '../pictures/MonthBar';
import type { OwnParticipation } from '../queries/me';
import { type ListedMonth, monthsQuery } from '../queries/months';
import { monthName } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { kwh, percent } from '../words/numbers';
import styles from './History.module.css';
import { Heading } from './Shell';

/** All months of a point, the last one first. */
export function History() {
  const words = useWords(historyWords);
  const { point: number } = useSearch({ from: '/inside/history' });
  return (
    <>
      <Heading>{words.title}</Heading>
      <OfPoint number={number}>
        {(point) => <MonthsOfPoint point={point} number={number} />}
      </OfPoint>
    </>
  );
}

function MonthsOfPoint({ point, number }: { point: OwnParticipation; number: number }) {
  const words = useWords(historyWords);
  const query = useQuery(monthsQuery(point.operation_id, point.prm));
  return (
    <Answer query={query}>
      {(listed) => {
        const months = listed.filter(({ totals }) => totals.days_allocated > 0).reverse();
        if (months.length === 0) return <p>{words.empty}</p>;
        return <Months months={months} number={number} />;
      }}
    </Answer>
  );
}

function Months({ months, number }: { months: ListedMonth[]; number: number }) {
  const words = useWords(historyWords);
  const language = useLanguage();
  const used = sum(months.map(({ totals }) => totals.consumption_wmin));
  const shared = sum(months.map(({ totals }) => totals.shared_wmin));
  const most = Math.max(...months.map(({ totals }) => totals.consumption_wmin), 1);
  return (
    <>
      <p className={styles.sentence}>
        {words.sentence(
          percent(used ? shared / used : null, language),
          kwh(shared, language),
          kwh(used, language),
        )}
      </p>
      <table className={styles.table}>
        <caption>{words.picture}</caption>
        <thead>
          <tr>
            <th scope="col">{words.month}</th>
            <td className={styles.bar} />
            <th className={styles.used} scope="col">
              {words.used}
            </th>
            <th scope="col">{words.local}</th>
            <th scope="col">{words.coverage}</th>
            <th className={styles.state} scope="col">
              {words.state}
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <MonthRow key={month.month} month={month} most={most} number={number} />
          ))}
        </tbody>
      </table>
      <QuietButton onPress={() => saveFile('elocoop-mois.csv', csvOf(months))}>
        {words.download}
      </QuietButton>
    </>
  );
}

interface MonthRowProps {
  month: ListedMonth;
  most: number;
  number: number;
}

function MonthRow({ month, most, number }: MonthRowProps) {
  const words = useWords(historyWords);
  const language = useLanguage();
  const { totals, days, settlement } = month;
  const missing = days - totals.days_allocated;
  return (
    <tr>
      <th scope="row">
        <Link to="/month/$month" params={{ month: month.month }} search={{ point: number }}>
          {monthName(month.month, language)}
        </Link>
      </th>
      <td className={styles.bar}>
        <MonthBar
          usedWmin={totals.consumption_wmin}
          localWmin={totals.shared_wmin}
          mostWmin={most}
        />
      </td>
      <td className={styles.used}>{kwh(totals.consumption_wmin, language, 0)}</td>
      <td>{kwh(totals.shared_wmin, language, 0)}</td>
      <td>{percent(totals.coverage, language)}</td>
      <td className={styles.state}>
        {missing > 0 ? words.missing(missing) : words[settlement?.status ?? 'open']}
      </td>
    </tr>
  );
}

/** One row for each month, energies in whole watt-hours. */
function csvOf(months: ListedMonth[]): Blob {
  const rows = months.map(({ month, totals }) =>
    [month, Math.round(totals.consumption_wmin / 60), Math.round(totals.shared_wmin / 60)].join(
      ';',
    ),
  );
  const lines = ['month;consumption_wh;local_wh', ...rows];
  return new Blob([`${lines.join('\r\n')}\r\n`], { type: 'text/csv' });
}
