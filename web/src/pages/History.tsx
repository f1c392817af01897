import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { historyWords } from '../messages/history';
import { monthWords } from '../messages/month';
import { monthsWords } from '../messages/months';
import { Answer } from '../parts/Answer';
import { AskOrganiser } from '../parts/AskOrganiser';
import { Heading } from '../parts/Heading';
import { MonthName } from '../parts/MonthName';
import { OfPoint } from '../parts/OfPoint';
import { QuietButton } from '../parts/QuietButton';
import { saveFile } from '../parts/save';
import tables from '../parts/Table.module.css';
import { Why } from '../parts/Why';
import { MonthBar } from '../pictures/MonthBar';
import { summariesQuery } from '../queries/invoices';
import { consumingPoints, type Me, meQuery, type OwnParticipation } from '../queries/me';
import { type ListedMonth, monthsQuery } from '../queries/months';
import { useLanguage, useWords } from '../words/language';
import { stateOf } from '../words/months';
import { euros, kwh, percent, sum } from '../words/numbers';
import { costsByMonth } from '../words/payments';
import styles from './History.module.css';

/** All months of a point, the last one first. */
export function History() {
  const words = useWords(historyWords);
  const { point: number } = useSearch({ from: '/inside/history' });
  return (
    <>
      <Heading>{words.title}</Heading>
      <OfPoint number={number}>
        {(point) => (
          <>
            <MonthsOfPoint point={point} number={number} />
            <AskOrganiser operationId={point.operation_id} />
          </>
        )}
      </OfPoint>
    </>
  );
}

function MonthsOfPoint({ point, number }: { point: OwnParticipation; number: number }) {
  const { empty } = useWords(monthsWords);
  const query = useQuery(monthsQuery(point.operation_id, point.prm));
  return (
    <Answer query={query}>
      {(listed) => {
        const months = listed.filter(({ totals }) => totals.days_allocated > 0).reverse();
        if (months.length === 0) return <p>{empty}</p>;
        return <Months months={months} point={point} number={number} />;
      }}
    </Answer>
  );
}

interface MonthsProps {
  months: ListedMonth[];
  point: OwnParticipation;
  number: number;
}

function Months({ months, point, number }: MonthsProps) {
  const words = useWords(historyWords);
  const ofMonths = useWords(monthsWords);
  const { whyLocal, whyState } = useWords(monthWords);
  const language = useLanguage();
  const used = sum(months.map(({ totals }) => totals.consumption_wmin));
  const shared = sum(months.map(({ totals }) => totals.shared_wmin));
  const costs = useCosts(point);
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
      <Why>
        <p>{whyLocal}</p>
        <p>{whyState}</p>
        {costs.size > 0 && <p>{words.whyCost}</p>}
      </Why>
      <table className={styles.table}>
        <caption>{words.picture}</caption>
        <thead>
          <tr>
            <th scope="col">{ofMonths.month}</th>
            <td className={styles.bar} />
            <th scope="col">{words.used}</th>
            <th className={costs.size > 0 ? styles.spare : ''} scope="col">
              {words.local}
            </th>
            <th scope="col">{words.coverage}</th>
            {costs.size > 0 && <th scope="col">{words.cost}</th>}
            <th className={styles.state} scope="col">
              {ofMonths.state}
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <MonthRow key={month.month} month={month} most={most} number={number} costs={costs} />
          ))}
        </tbody>
      </table>
      <QuietButton onPress={() => saveFile(words.fileName, csvOf(months))}>
        {words.download}
      </QuietButton>
    </>
  );
}

const NO_COSTS: ReadonlyMap<string, number> = new Map();

/** In cents by month; none where invoices are not of this point alone, or are not all here. */
function useCosts({ operation_id }: OwnParticipation): ReadonlyMap<string, number> {
  const { data: me } = useQuery(meQuery);
  const { data, hasNextPage } = useInfiniteQuery({
    ...summariesQuery(me?.member_id ?? '', 'bought'),
    enabled: isAlone(me, operation_id),
  });
  if (!data || hasNextPage) return NO_COSTS;
  return costsByMonth(data.filter(({ operation }) => operation.id === operation_id));
}

function isAlone(me: Me | null | undefined, operation: string): boolean {
  if (!me?.member_id) return false;
  return consumingPoints(me).filter(({ operation_id }) => operation_id === operation).length === 1;
}

interface MonthRowProps {
  month: ListedMonth;
  costs: ReadonlyMap<string, number>;
  most: number;
  number: number;
}

function MonthRow({ month, costs, most, number }: MonthRowProps) {
  const language = useLanguage();
  const { totals } = month;
  const cost = costs.get(month.month);
  return (
    <tr>
      <th scope="row" className={tables.date}>
        <Link to="/month/$month" params={{ month: month.month }} search={{ point: number }}>
          <MonthName month={month.month} />
        </Link>
      </th>
      <td className={styles.bar}>
        <MonthBar
          usedWmin={totals.consumption_wmin}
          localWmin={totals.shared_wmin}
          mostWmin={most}
        />
      </td>
      <td>{kwh(totals.consumption_wmin, language, 0)}</td>
      <td className={costs.size > 0 ? styles.spare : ''}>{kwh(totals.shared_wmin, language, 0)}</td>
      <td>{percent(totals.coverage, language)}</td>
      {costs.size > 0 && <td>{cost === undefined ? '–' : euros(cost, language)}</td>}
      <td className={styles.state}>{stateOf(month, language)}</td>
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
