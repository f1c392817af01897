import { clockTime } from './dates';
import type { Language } from './language';
import { localeOf } from './numbers';

const PARIS = 'Europe/Paris';

/** `jeudi 14 janvier à 19 h`, in Paris; with its year, if that is not the one of now. */
export function momentOf(instant: string, language: Language, now = new Date()): string {
  return shown(instant, language, { ...dayOptions(instant, now), ...CLOCK });
}

/** `jeudi 14 janvier`, in Paris. */
export function dayOf(instant: string, language: Language, now = new Date()): string {
  return shown(instant, language, dayOptions(instant, now));
}

/** `jeudi 14 janvier, 19 h – 21 h`: from one instant to another. */
export function spanOf(start: string, end: string, language: Language, now = new Date()): string {
  if (yearAndDay(start) === yearAndDay(end)) {
    const [first, last] = [start, end].map((instant) => shown(instant, language, CLOCK));
    return `${dayOf(start, language, now)}, ${first} – ${last}`;
  }
  return `${momentOf(start, language, now)} – ${momentOf(end, language, now)}`;
}

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

function dayOptions(instant: string, now: Date): Intl.DateTimeFormatOptions {
  const isThisYear = yearAndDay(instant).slice(0, 4) === yearAndDay(now.toISOString()).slice(0, 4);
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return isThisYear ? day : { ...day, year: 'numeric' };
}

function yearAndDay(instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: PARIS }).format(new Date(instant));
}

function shown(instant: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: PARIS });
  const text = format.format(new Date(instant));
  return text.replace(/\d?\d:\d\d/, (time) => clockTime(time, language));
}
