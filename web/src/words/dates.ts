import type { Language } from './language';
import { localeOf } from './numbers';

/** A month as `2026-10`, a local day as `2026-10-12`: neither has a time zone, so UTC names them. */
const UTC = 'UTC';
const PARIS = 'Europe/Paris';

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function monthName(month: string, language: Language): string {
  return named(`${month}-01`, { month: 'long', year: 'numeric' }, language);
}

/** `lun. 12`, for the first column of a month. */
export function shortDay(day: string, language: Language): string {
  return named(day, { weekday: 'short', day: 'numeric' }, language);
}

export function longDay(day: string, language: Language): string {
  return named(day, { weekday: 'long', day: 'numeric', month: 'long' }, language);
}

export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
}

/** The local day that it is in Paris at an instant. */
export function dayAt(instant: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: PARIS }).format(instant);
}

/** The month that it is in Paris at an instant. */
export function monthAt(instant: Date): string {
  return dayAt(instant).slice(0, 7);
}

/** What a clock in Paris shows at the start of each step of a local day, in minutes of the day. */
export function clockMinutes(startOfDay: string, stepMin: number, steps: number): number[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: PARIS,
  });
  const start = Date.parse(startOfDay);
  return Array.from({ length: steps }, (_, step) => {
    const [hours, minutes] = format
      .format(start + step * stepMin * 60_000)
      .split(':')
      .map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  });
}

function named(day: string, options: Intl.DateTimeFormatOptions, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: UTC });
  return format.format(new Date(`${day.slice(0, 10)}T12:00:00Z`));
}
