import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { productionWords } from '../../messages/production';
import { Answer } from '../../parts/Answer';
import { Beside } from '../../parts/Beside';
import { Heading } from '../../parts/Heading';
import { Icon } from '../../parts/Icon';
import { Why } from '../../parts/Why';
import { consumingPoints, meQuery, type OwnParticipation } from '../../queries/me';
import { type PlantMonth, plantMonthQuery, plantMonthsQuery } from '../../queries/plantMonths';
import { longDay, monthName } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { kwh, percent } from '../../words/numbers';
import month from '../Month.module.css';
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
            <OtherMonths plant={plant} number={number} month={month} />
            <MonthOfPlant plant={plant} month={month} />
            <p>
              <Link to="/invoices" search={{ side: 'sold' }}>
                {words.sold}
              </Link>
            </p>
          </>
        )}
      </OfPlant>
    </>
  );
}

interface MonthOfPlantProps {
  plant: OwnParticipation;
  month: string;
}

function MonthOfPlant({ plant, month }: MonthOfPlantProps) {
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
            <ProductionDays data={data} />
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
  const { totals, days, settlement } = data;
  const { production_wmin: made, shared_wmin: shared } = totals;
  const measured = days.filter(({ production_wmin }) => production_wmin !== null);
  const waiting = measured.length - totals.days_allocated;
  const last = measured.at(-1);
  return (
    <div className={month.figures}>
      {shared !== null && (
        <p>
          <span className={month.coverage}>{percent(totals.rate, language)}</span> {words.shared}
        </p>
      )}
      <p className={month.weak}>
        {shared === null
          ? words.ofMade(kwh(made, language))
          : words.ofAll(kwh(shared, language), kwh(made, language), kwh(made - shared, language))}
        {' · '}
        {measured.length === days.length
          ? words[settlement?.status ?? 'open']
          : last && words.receivedUntil(longDay(last.day, language))}
        {waiting > 0 && ` · ${words.daysMissing(waiting)}`}
      </p>
      {shared === null && <p className={month.weak}>{words.notSettled}</p>}
      <Why>
        <p>{words.why}</p>
      </Why>
    </div>
  );
}

interface OtherMonthsProps extends MonthOfPlantProps {
  number: number;
}

/** The months before and after, of those in which the plant takes part. */
function OtherMonths({ plant, number, month }: OtherMonthsProps) {
  const words = useWords(productionWords);
  const { data: me } = useQuery(meQuery);
  const { data: months = [] } = useQuery(plantMonthsQuery(plant.operation_id, plant.prm));
  const before = months.findLast((listed) => listed.month < month)?.month;
  const after = months.find((listed) => listed.month > month)?.month;
  const search = { point: number };
  return (
    <Beside label={words.months}>
      {before && (
        <Link
          to="/production/$month"
          params={{ month: before }}
          search={search}
          aria-label={words.before}
        >
          <Icon name="before" />
        </Link>
      )}
      {after && (
        <Link
          to="/production/$month"
          params={{ month: after }}
          search={search}
          aria-label={words.after}
        >
          <Icon name="after" />
        </Link>
      )}
      <Link to="/production/history" search={search}>
        {words.history}
      </Link>
      {me && consumingPoints(me).length > 0 && (
        <Link to="/month/$month" params={{ month }} search={{ point: 1 }}>
          {words.toMonth}
        </Link>
      )}
    </Beside>
  );
}
