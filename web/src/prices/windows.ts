import { isWeekend } from '../words/dates';
import { isHoliday } from './holidays';

/** Half-hours of these months, kinds of day and hours, all three; an empty list is any. */
export interface Window {
  months: readonly number[];
  days: readonly string[];
  /** Begin and end on the clock in Paris, `22:00` to `06:00`. */
  hours: readonly (readonly string[])[];
}

const DAY_MIN = 1440;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Whether a window covers what the clock in Paris shows on a local day, in minutes. */
export function covers(window: Window, day: string, clockMin: number): boolean {
  const { months, days, hours } = window;
  if (months.length > 0 && !months.includes(Number(day.slice(5, 7)))) return false;
  if (days.length > 0 && !days.some((kind) => isOfKind(day, kind))) return false;
  return hours.length === 0 || hours.some(([from, to]) => isWithin(clockMin, from, to));
}

/** Minutes of the day that a clock time is. */
function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function isOfKind(day: string, kind: string): boolean {
  if (kind === 'holiday') return isHoliday(day);
  if (kind === 'working_day') return !isWeekend(day) && !isHoliday(day);
  return WEEKDAYS[new Date(`${day}T12:00:00Z`).getUTCDay()] === kind;
}

function isWithin(clockMin: number, from = '00:00', to = '24:00'): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to) || DAY_MIN];
  return start < end ? start <= clockMin && clockMin < end : clockMin >= start || clockMin < end;
}
