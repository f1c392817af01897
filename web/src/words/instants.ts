import { clockTime, dateText, dayAt, dayLater, dayOptions, fullDay, PARIS } from './dates';
import type { Language } from './language';
import { localeOf } from './numbers';

/** `jeudi 14 janvier à 19 h`, in Paris; with its year, if that is not the one of now. */
export function momentOf(instant: string, language: Language, now = new Date()): string {
  return shown(instant, language, { ...optionsOf(instant, now), ...CLOCK });
}

/** `jeudi 14 janvier`, in Paris. */
export function dayOf(instant: string, language: Language, now = new Date()): string {
  return shown(instant, language, optionsOf(instant, now));
}

/** `14 janvier 2027`, in Paris. */
export function fullDayOf(instant: string, language: Language): string {
  return fullDay(dayAt(new Date(instant)), language);
}

/** `jeudi 14 janvier, 19 h – 21 h`: from one instant to another. */
export function spanOf(start: string, end: string, language: Language, now = new Date()): string {
  if (dayAt(new Date(start)) === dayAt(new Date(end))) {
    const [first, last] = [start, end].map((instant) => shown(instant, language, CLOCK));
    return `${dayOf(start, language, now)}, ${first} – ${last}`;
  }
  return `${momentOf(start, language, now)} – ${momentOf(end, language, now)}`;
}

/** The instant at which a day begins in Paris: at 22 h or 23 h UTC of the day before. */
export function startOfDay(day: string): string {
  const summer = `${dayLater(day, -1)}T22:00:00.000Z`;
  const isSummer = dayAt(new Date(summer)) === day;
  return isSummer ? summer : `${dayLater(day, -1)}T23:00:00.000Z`;
}

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

function optionsOf(instant: string, now: Date): Intl.DateTimeFormatOptions {
  return dayOptions(dayAt(new Date(instant)), now);
}

function shown(instant: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: PARIS });
  const text = dateText(format.format(new Date(instant)), language);
  return text.replace(/\d?\d:\d\d/, (time) => clockTime(time, language));
}
