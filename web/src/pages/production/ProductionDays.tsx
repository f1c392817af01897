import { Link } from '@tanstack/react-router';
import { productionWords } from '../../messages/production';
import { Coloured, Legend } from '../../parts/Legend';
import { useIsPhone } from '../../parts/screen';
import tables from '../../parts/Table.module.css';
import { MonthBar } from '../../pictures/MonthBar';
import type { PlantMonth } from '../../queries/plantMonths';
import { dayOfMonth, shortDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { inKwh } from '../../words/numbers';
import month from '../Month.module.css';
import styles from './Production.module.css';

/** A bar for each day up to the last that is measured, and its figures, as far as they are told. */
export function ProductionDays({ data, number }: { data: PlantMonth; number: number }) {
  const words = useWords(productionWords);
  const language = useLanguage();
  const isPhone = useIsPhone();
  const nameOf = isPhone ? shortDay : dayOfMonth;
  const lastMeasured = data.days.findLastIndex(({ production_wmin }) => production_wmin !== null);
  const days = data.days.slice(0, lastMeasured + 1);
  const most = Math.max(1, ...days.map(({ production_wmin }) => production_wmin ?? 0));
  const isToldApart = days.some(({ shared_wmin }) => shared_wmin !== null);
  const isPartlyNot = days.some((day) => day.shared_wmin === null && day.production_wmin !== null);
  return (
    <>
      {data.withheld && <p className={month.weak}>{words.withheld(data.needs)}</p>}
      {/* A phone has no room for bars. */}
      {!isPhone && <InBars isToldApart={isToldApart} isPartlyNot={isPartlyNot} />}
      <table className={tables.numbers}>
        <caption>{words.days}</caption>
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            <td className={styles.bar} />
            <th scope="col">{words.made}</th>
            {!data.withheld && <th scope="col">{words.given}</th>}
            {!data.withheld && <th scope="col">{words.surplus}</th>}
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, status, production_wmin: made, shared_wmin: shared }) => (
            <tr key={day}>
              <th scope="row" className={tables.date}>
                {status === 'allocated' ? (
                  <Link to="/production/day/$day" params={{ day }} search={{ point: number }}>
                    {nameOf(day, language)}
                  </Link>
                ) : (
                  nameOf(day, language)
                )}
              </th>
              <td className={styles.bar}>
                {made !== null && <MonthBar usedWmin={made} localWmin={shared} mostWmin={most} />}
              </td>
              <td>{made === null ? '–' : inKwh(made, language, 1)}</td>
              {!data.withheld && (
                <td>{shared === null ? words.notAllocated : inKwh(shared, language, 1)}</td>
              )}
              {!data.withheld && (
                <td>
                  {made === null || shared === null ? '–' : inKwh(made - shared, language, 1)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function InBars({ isToldApart, isPartlyNot }: { isToldApart: boolean; isPartlyNot: boolean }) {
  const words = useWords(productionWords);
  return (
    <Legend>
      {isToldApart && (
        <>
          <li>
            <Coloured colour="local">{words.legendShared}</Coloured>
          </li>
          <li>
            <Coloured colour="grid">{words.legendSurplus}</Coloured>
          </li>
        </>
      )}
      {isPartlyNot && (
        <li>
          <Coloured colour="unshared">{words.legendUnknown}</Coloured>
        </li>
      )}
    </Legend>
  );
}
