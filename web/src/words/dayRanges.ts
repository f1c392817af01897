import { dayLater, shortDate } from './dates';
import type { Language } from './language';

/** Days one after the other, from the first to the last. */
interface DayRange {
  from: string;
  to: string;
}

/** Days in order, by those that follow each other. */
export function rangesOf(days: readonly string[]): DayRange[] {
  const ranges: DayRange[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last && dayLater(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

/** `10 nov. – 12 nov.`, or the one day. */
export function rangeText({ from, to }: DayRange, language: Language): string {
  if (from === to) return shortDate(from, language);
  return `${shortDate(from, language)}\u00a0– ${shortDate(to, language)}`;
}

/** `10 nov. – 12 nov., 16 nov.`: all of them, in a sentence. */
export function daysText(days: readonly string[], language: Language): string {
  return rangesOf(days)
    .map((range) => rangeText(range, language))
    .join(', ');
}
