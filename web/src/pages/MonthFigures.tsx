import { monthWords } from '../messages/month';
import { Why } from '../parts/Why';
import { isUnknown } from '../pictures/day';
import type { PointMonth } from '../queries/months';
import { useLanguage, useWords } from '../words/language';
import { certaintyOf } from '../words/months';
import { kwh, percent } from '../words/numbers';
import { Carbon } from './Carbon';
import { ComparedLine } from './ComparedLine';
import { GiftLine } from './GiftLine';
import styles from './Month.module.css';
import { Saving } from './Saving';

/** The month in figures: how much was local, of how much, and how sure that is. */
export function MonthFigures({ month, number }: { month: PointMonth; number: number }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const { totals, days, settlement } = month;
  const measured = days.filter((day) => !isUnknown(day));
  return (
    <div className={styles.figures}>
      <p>
        <span className={styles.coverage}>{percent(totals.coverage ?? null, language)}</span>{' '}
        {words.local}
      </p>
      <p className={styles.weak}>
        {words.ofAll(kwh(totals.shared_wmin, language), kwh(totals.consumption_wmin, language))}
        {' · '}
        {certaintyOf(month, measured, language)}
      </p>
      <GiftLine month={month} />
      {settlement && <Saving prm={month.prm} month={month.month} number={number} />}
      <ComparedLine month={month} number={number} />
      <Carbon totals={totals} />
      <Group group={month.group} />
      <Why>
        <p>{words.whyLocal}</p>
        <p>{words.whyState}</p>
      </Why>
    </div>
  );
}

/** How the others do, where it tells of nobody. */
function Group({ group }: { group: PointMonth['group'] }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  if (group.withheld) return <p className={styles.weak}>{words.groupWithheld(group.needs)}</p>;
  if (group.coverage === null || group.place === null) return null;
  return (
    <p className={styles.weak}>
      {words.group(percent(group.coverage, language))} {words.places[group.place]}
    </p>
  );
}
