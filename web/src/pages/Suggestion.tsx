import { monthWords } from '../messages/month';
import { Icon } from '../parts/Icon';
import { habitOf } from '../pictures/habit';
import type { PointDay } from '../queries/months';
import { useLanguage, useWords } from '../words/language';
import { kwh } from '../words/numbers';
import styles from './Month.module.css';

/** The one thing that is worth doing differently; nothing where there is none. */
export function Suggestion({ days }: { days: PointDay[] }) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const habit = habitOf(days);
  if (!habit) return null;
  const hours = [habit.fromMin, habit.toMin].map((minutes) => clock(minutes));
  return (
    <section className={styles.suggestion}>
      <Icon name="day" />
      <div>
        <h2>{words.suggestion}</h2>
        <p>
          {words.habit(hours[0] ?? '', hours[1] ?? '', kwh(habit.perDayWmin, language, 1))}{' '}
          {words.sunToSpare(habit.sunnyDays, habit.days)}
        </p>
      </div>
    </section>
  );
}

function clock(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest}` : ''}`;
}
