import { monthWords } from '../messages/month';
import { Icon } from '../parts/Icon';
import { habitOf } from '../pictures/habit';
import type { PointDay } from '../queries/months';
import { clockTime } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { kwh } from '../words/numbers';
import { halfHour } from '../words/windows';
import styles from './Month.module.css';

/** The one thing that is worth doing differently; nothing where there is none. */
export function Suggestion({ days }: { days: PointDay[] }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const habit = habitOf(days);
  if (!habit) return null;
  const clock = (minutes: number) => clockTime(halfHour(minutes / 30), language);
  return (
    <section className={styles.suggestion}>
      <Icon name="day" />
      <div>
        <h2>{words.suggestion}</h2>
        <p>
          {words.habit(
            clock(habit.fromMin),
            clock(habit.toMin),
            kwh(habit.perDayWmin, language, 1),
          )}{' '}
          {words.sunToSpare(habit.sunnyDays, habit.days)}
        </p>
      </div>
    </section>
  );
}
