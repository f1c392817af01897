import { dayLater, isWeekend } from './dates';

/** The day itself, or the next one that is no weekend: what a form begins with, for banks to check. */
export function bankDayFrom(day: string): string {
  return isWeekend(day) ? bankDayFrom(dayLater(day, 1)) : day;
}
