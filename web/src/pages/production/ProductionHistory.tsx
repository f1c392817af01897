import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { monthsWords } from '../../messages/months';
import { productionWords } from '../../messages/production';
import { Answer } from '../../parts/Answer';
import { Heading } from '../../parts/Heading';
import { Coloured, Legend } from '../../parts/Legend';
import { MonthName } from '../../parts/MonthName';
import { useIsPhone } from '../../parts/screen';
import tables from '../../parts/Table.module.css';
import { Why } from '../../parts/Why';
import { MonthBar } from '../../pictures/MonthBar';
import type { OwnParticipation } from '../../queries/me';
import { type ListedPlantMonth, plantMonthsQuery } from '../../queries/plantMonths';
import { useLanguage, useWords } from '../../words/language';
import { stateOf } from '../../words/months';
import { inKwh } from '../../words/numbers';
import { OfPlant } from './OfPlant';
import styles from './Production.module.css';

/** All months of a plant, the last one first. */
export function ProductionHistory() {
  const words = useWords(productionWords);
  const { point: number } = useSearch({ from: '/inside/production/history' });
  return (
    <>
      <Heading>{words.historyTitle}</Heading>
      <OfPlant number={number}>
        {(plant) => <MonthsOfPlant plant={plant} number={number} />}
      </OfPlant>
    </>
  );
}

function MonthsOfPlant({ plant, number }: { plant: OwnParticipation; number: number }) {
  const { empty } = useWords(monthsWords);
  const query = useQuery(plantMonthsQuery(plant.operation_id, plant.prm));
  return (
    <Answer query={query}>
      {(listed) => {
        const months = listed.filter(({ totals }) => totals.days_allocated > 0).reverse();
        if (months.length === 0) return <p>{empty}</p>;
        return <Months months={months} number={number} />;
      }}
    </Answer>
  );
}

function Months({ months, number }: { months: ListedPlantMonth[]; number: number }) {
  const words = useWords(productionWords);
  const ofMonths = useWords(monthsWords);
  const isPhone = useIsPhone();
  const most = Math.max(1, ...months.map(({ totals }) => totals.production_wmin));
  const isPartlyNot = months.some(({ totals }) => totals.shared_wmin === null);
  return (
    <>
      {/* A phone has no room for bars. */}
      {!isPhone && (
        <Legend>
          <li>
            <Coloured colour="local">{words.legendShared}</Coloured>
          </li>
          <li>
            <Coloured colour="grid">{words.legendSurplus}</Coloured>
          </li>
          {isPartlyNot && (
            <li>
              <Coloured colour="unshared">{words.legendUnknown}</Coloured>
            </li>
          )}
        </Legend>
      )}
      <Why>
        <p>{words.why}</p>
      </Why>
      <table className={tables.numbers}>
        <caption>{words.monthsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{ofMonths.month}</th>
            <td className={styles.bar} />
            <th scope="col">{words.made}</th>
            <th scope="col">{words.given}</th>
            <th scope="col">{words.surplus}</th>
            <th className={styles.state} scope="col">
              {ofMonths.state}
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <MonthRow key={month.month} month={month} most={most} number={number} />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface MonthRowProps {
  month: ListedPlantMonth;
  most: number;
  number: number;
}

function MonthRow({ month, most, number }: MonthRowProps) {
  const language = useLanguage();
  const { totals } = month;
  const told = (wmin: number | null) => (wmin === null ? '–' : inKwh(wmin, language, 0));
  return (
    <tr>
      <th scope="row" className={tables.date}>
        <Link to="/production/$month" params={{ month: month.month }} search={{ point: number }}>
          <MonthName month={month.month} />
        </Link>
      </th>
      <td className={styles.bar}>
        <MonthBar
          usedWmin={totals.production_wmin}
          localWmin={totals.shared_wmin}
          mostWmin={most}
        />
      </td>
      <td>{inKwh(totals.production_wmin, language, 0)}</td>
      <td>{told(totals.shared_wmin)}</td>
      <td>{told(totals.surplus_wmin)}</td>
      <td className={styles.state}>{stateOf(month, language)}</td>
    </tr>
  );
}
