import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { monthsWords } from '../../messages/months';
import { productionWords } from '../../messages/production';
import { Answer } from '../../parts/Answer';
import { AskOrganiser } from '../../parts/AskOrganiser';
import { Heading } from '../../parts/Heading';
import { OtherMonths } from '../../parts/OtherMonths';
import { Why } from '../../parts/Why';
import { consumingPoints, meQuery, type OwnParticipation } from '../../queries/me';
import { type PlantMonth, plantMonthQuery, plantMonthsQuery } from '../../queries/plantMonths';
import { monthName } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { certaintyOf, producedIn } from '../../words/months';
import { kwh, percent } from '../../words/numbers';
import styles from '../Month.module.css';
import { OfPlant } from './OfPlant';
import { ProductionDays } from './ProductionDays';

/** What a plant made this month, what of it was shared, and what was left. */
export function Production() {
  const words = useWords(productionWords);
  const language = useLanguage();
  const { month } = useParams({ from: '/inside/production/$month' });
  const { point: number } = useSearch({ from: '/inside/production/$month' });
  return (
    <>
      <Heading>{`${words.title} · ${monthName(month, language)}`}</Heading>
      <OfPlant number={number}>
        {(plant) => (
          <>
            <Ways plant={plant} number={number} month={month} />
            <MonthOfPlant plant={plant} number={number} month={month} />
            <p className={styles.way}>
              <Link to="/invoices" search={{ side: 'sold' }}>
                {words.sold}
              </Link>
            </p>
            <AskOrganiser operationId={plant.operation_id} />
          </>
        )}
      </OfPlant>
    </>
  );
}

interface MonthOfPlantProps {
  plant: OwnParticipation;
  number: number;
  month: string;
}

function MonthOfPlant({ plant, number, month }: MonthOfPlantProps) {
  const words = useWords(productionWords);
  const query = useQuery(plantMonthQuery(plant.operation_id, plant.prm, month));
  return (
    <Answer query={query}>
      {(data) => {
        if (data.days.length === 0) return <p>{words.notThen}</p>;
        if (data.days.every(({ production_wmin }) => production_wmin === null)) {
          return <p>{words.noData}</p>;
        }
        return (
          <>
            <Figures data={data} />
            <ProductionDays data={data} number={number} />
          </>
        );
      }}
    </Answer>
  );
}

/** The month in figures: how much was shared, of how much, and how sure that is. */
function Figures({ data }: { data: PlantMonth }) {
  const words = useWords(productionWords);
  const language = useLanguage();
  const { totals, days } = data;
  const { shared_wmin: shared } = totals;
  const made = producedIn(data);
  const measured = days.filter(({ production_wmin }) => production_wmin !== null);
  return (
    <div className={styles.figures}>
      {shared !== null && (
        <p>
          <span className={styles.coverage}>{percent(totals.rate, language)}</span> {words.shared}
        </p>
      )}
      <p className={styles.weak}>
        {shared === null
          ? words.ofMade(kwh(made, language))
          : words.ofAll(kwh(shared, language), kwh(made, language), kwh(made - shared, language))}
        {' · '}
        {certaintyOf(data, measured, language)}
      </p>
      {shared === null && (
        <p className={styles.weak}>
          {totals.days_allocated === 0 ? words.notShared : words.notSettled}
        </p>
      )}
      <Why>
        <p>{words.why}</p>
      </Why>
    </div>
  );
}

/** To other months in which the plant takes part, and to what is of all of them. */
function Ways({ plant, number, month }: MonthOfPlantProps) {
  const words = useWords(productionWords);
  const { all } = useWords(monthsWords);
  const { data: me } = useQuery(meQuery);
  const { data: months = [] } = useQuery(plantMonthsQuery(plant.operation_id, plant.prm));
  return (
    <OtherMonths
      month={month}
      months={months}
      pageOf={(other) => ({
        to: '/production/$month',
        params: { month: other },
        search: { point: number },
      })}
    >
      <Link to="/production/history" search={{ point: number }}>
        {all}
      </Link>
      {me && consumingPoints(me).length > 0 && (
        <Link to="/month/$month" params={{ month }} search={{ point: 1 }}>
          {words.toMonth}
        </Link>
      )}
    </OtherMonths>
  );
}
