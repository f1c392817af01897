import type { Language } from './language';
import { localeOf } from './numbers';

/** A month as `2026-10`, a local day as `2026-10-12`: neither has a time zone, so UTC names them. */
const UTC = 'UTC';
export const PARIS = 'Europe/Paris';
const LONG_DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: PARIS,
});

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function monthName(month: string, language: Language): string {
  return named(`${month.slice(0, 7)}-01`, { month: 'long', year: 'numeric' }, language);
}

/** `nov. 2025`, where there is little room. */
export function shortMonthName(month: string, language: Language): string {
  return named(`${month.slice(0, 7)}-01`, { month: 'short', year: 'numeric' }, language);
}

/** `lun. 12`, for the first column of a month. */
export function shortDay(day: string, language: Language): string {
  return named(day, { weekday: 'short', day: 'numeric' }, language);
}

/** `samedi 10 octobre`; with its year, if that is not the one of now. A month has its year always. */
export function longDay(day: string, language: Language, now = new Date()): string {
  return named(day, dayOptions(day, now), language);
}

/** `samedi 10 octobre`, below a month that has its year already. */
export function dayOfMonth(day: string, language: Language): string {
  return named(day, LONG_DAY, language);
}

/** How a day is named that stands by itself. */
export function dayOptions(day: string, now: Date): Intl.DateTimeFormatOptions {
  const isThisYear = day.slice(0, 4) === dayAt(now).slice(0, 4);
  return isThisYear ? LONG_DAY : { ...LONG_DAY, year: 'numeric' };
}

/** `5 décembre 2026`. */
export function fullDay(day: string, language: Language): string {
  return named(day, { day: 'numeric', month: 'long', year: 'numeric' }, language);
}

/** What a clock in Paris shows at an instant: `12 h 46`. */
export function timeAt(instant: Date, language: Language): string {
  return clockTime(CLOCK.format(instant), language);
}

/** The same day so many years later; 1 March for a 29 February that the year has not. */
export function yearsLater(day: string, years: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
}

/** Whether `[from, to)` is one month. */
export function isWholeMonth(from: string, to: string): boolean {
  const isWhole = from.endsWith('-01') && to.endsWith('-01');
  return isWhole && dayLater(to, -1).startsWith(from.slice(0, 7));
}

/** `5 déc.`, where there is little room. */
export function shortDate(day: string, language: Language): string {
  return named(day, { day: 'numeric', month: 'short' }, language);
}

/** `octobre`, of 10; for what comes back each year. */
export function nameOfMonth(month: number, language: Language): string {
  return named(`2026-${String(month).padStart(2, '0')}-01`, { month: 'long' }, language);
}

/** A month beside another one: without its year where both have the same. */
export function monthBeside(month: string, other: string, language: Language): string {
  if (month.slice(0, 4) !== other.slice(0, 4)) return monthName(month, language);
  return nameOfMonth(Number(month.slice(5, 7)), language);
}

/** From a first day to the day after the last one: `octobre 2026`, or the first and last months. */
export function periodName(from: string, to: string, language: Language): string {
  const last = dayLater(to, -1);
  const name = monthName(last.slice(0, 7), language);
  if (from.slice(0, 7) === last.slice(0, 7)) return name;
  const isOneYear = from.slice(0, 4) === last.slice(0, 4);
  const first = isOneYear
    ? nameOfMonth(Number(from.slice(5, 7)), language)
    : monthName(from.slice(0, 7), language);
  return `${first} – ${name}`;
}

export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const noon = Date.parse(`${text}T12:00:00Z`);
  return !Number.isNaN(noon) && new Date(noon).toISOString().startsWith(text);
}

/** The day so many days later. */
export function dayLater(day: string, days: number): string {
  const noon = Date.parse(`${day}T12:00:00Z`) + days * 24 * 60 * 60_000;
  return new Date(noon).toISOString().slice(0, 10);
}

/** `13 h 30` on one line, or `13:30`, of a local time as the APIs write it: `13:30+01:00`. */
export function clockTime(localTime: string, language: Language): string {
  const [hours = '', minutes = ''] = localTime.slice(0, 5).split(':');
  if (language === 'en') return `${hours}:${minutes}`;
  return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
}

/** The local day that it is in Paris at an instant. */
export function dayAt(instant: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: PARIS }).format(instant);
}

/** The month that it is in Paris at an instant. */
export function monthAt(instant: Date): string {
  return dayAt(instant).slice(0, 7);
}

/** The last month that is over in Paris at an instant. */
export function lastMonthOver(instant: Date): string {
  return monthLater(monthAt(instant), -1);
}

/** The month so many months later. */
export function monthLater(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 15)).toISOString().slice(0, 7);
}

/** All days of a month, in order. */
export function daysOfMonth(month: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = dayLater(day, 1)) days.push(day);
  return days;
}

/** What a clock in Paris shows at the start of each step of a local day, in minutes of the day. */
export function clockMinutes(startOfDay: string, stepMin: number, steps: number): number[] {
  const start = Date.parse(startOfDay);
  return Array.from({ length: steps }, (_, step) => {
    const [hours, minutes] = CLOCK.format(start + step * stepMin * 60_000)
      .split(':')
      .map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  });
}

function named(day: string, options: Intl.DateTimeFormatOptions, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: UTC });
  return dateText(format.format(new Date(`${day.slice(0, 10)}T12:00:00Z`)), language);
}

/**
 * A date as it is written: its month does not part from its number, nor its year from them, and
 * the first of a month is `1er janvier` in French.
 */
export function dateText(date: string, language: Language): string {
  const text = language === 'fr' ? date.replace(/\b1(?= \p{L})/u, '1er') : date;
  return text
    .replace(/\b(\d\d?(?:er)?) (?=\p{L})/gu, '$1\u00a0')
    .replace(/ (?=\d{4}\b)/gu, '\u00a0');
}
