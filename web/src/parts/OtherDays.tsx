import { Link } from '@tanstack/react-router';
import { dayWords } from '../messages/day';
import { dayLater, monthName } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { Beside } from './Beside';
import { Icon } from './Icon';

interface OtherDaysProps {
  to: '/day/$day' | '/production/day/$day';
  toMonth: '/month/$month' | '/production/$month';
  day: string;
  /** Before that there is none. */
  firstDay: string;
  /** Of the point, as the address has it. */
  number: number;
}

/** The ways to the days before and after, and to the month of all of them. */
export function OtherDays({ to, toMonth, day, firstDay, number }: OtherDaysProps) {
  const words = useWords(dayWords);
  const language = useLanguage();
  const search = { point: number };
  const month = day.slice(0, 7);
  return (
    <Beside label={words.days}>
      {day > firstDay && (
        <Link to={to} params={{ day: dayLater(day, -1) }} search={search} aria-label={words.before}>
          <Icon name="before" />
        </Link>
      )}
      <Link to={to} params={{ day: dayLater(day, 1) }} search={search} aria-label={words.after}>
        <Icon name="after" />
      </Link>
      <Link to={toMonth} params={{ month }} search={search}>
        {words.toMonth(monthName(month, language))}
      </Link>
    </Beside>
  );
}
