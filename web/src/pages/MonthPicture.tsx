import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { monthWords } from '../messages/month';
import { Coloured, Legend } from '../parts/Legend';
import { QuietButton } from '../parts/QuietButton';
import tables from '../parts/Table.module.css';
import { isUnknown } from '../pictures/day';
import { MonthHeat } from '../pictures/MonthHeat';
import type { PointMonth } from '../queries/months';
import { dayOfMonth } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { kwh, percent, sum } from '../words/numbers';
import styles from './Month.module.css';

/** The month as a picture, or as a table. */
export function MonthPicture({ month, number }: { month: PointMonth; number: number }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const [isTable, setTable] = useState(false);
  const { coverage, shared_wmin, consumption_wmin } = month.totals;
  const sums = words.ofAll(kwh(shared_wmin, language), kwh(consumption_wmin, language));
  return (
    <>
      {isTable ? (
        <DaysTable month={month} number={number} />
      ) : (
        <>
          <InPicture month={month} />
          <MonthHeat
            month={month}
            sentence={`${percent(coverage ?? null, language)} ${words.local}. ${sums}.`}
            point={number}
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
function InPicture({ month }: { month: PointMonth }) {
  const words = useWords(monthWords);
  const natures = month.days.map((day) => day.nature ?? '').join('');
  const isUnshared = month.days.some((day) => day.shared_wmin === null && !isUnknown(day));
  return (
    <Legend>
      <li>
        <Coloured colour="local">{words.legendLocal}</Coloured>
      </li>
      <li>
        <Coloured colour="grid">{words.legendGrid}</Coloured>
      </li>
      {isUnshared && (
        <li>
          <Coloured colour="unshared">{words.legendUnshared}</Coloured>
        </li>
      )}
      {natures.includes('e') && (
        <li>
          <Coloured colour="estimated">{words.legendEstimated}</Coloured>
        </li>
      )}
      {natures.includes('-') && (
        <li>
          <Coloured colour="missing">{words.legendMissing}</Coloured>
        </li>
      )}
    </Legend>
  );
}

function DaysTable({ month, number }: { month: PointMonth; number: number }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  return (
    <table className={tables.numbers}>
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
              <th scope="row">
                <Link to="/day/$day" params={{ day: day.day }} search={{ point: number }}>
                  {dayOfMonth(day.day, language)}
                </Link>
              </th>
              <td>{isUnknown(day) ? words.unmeasured : kwh(used, language, 1)}</td>
              <td>{shared === null ? words.notShared : kwh(shared, language, 1)}</td>
              <td>{shared === null ? '–' : kwh(used - shared, language, 1)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
