import { windowWords } from '../messages/windows';
import { clockTime, nameOfMonth } from './dates';
import type { Language } from './language';

/** Half-hours of these months, kinds of day and hours, all three; an empty list is any. */
export interface Window {
  months: readonly number[];
  days: readonly string[];
  /** Begin and end on the clock in Paris, `22:00` to `06:00`. */
  hours: readonly (readonly string[])[];
}

/** When hours of a price list are: windows of the clock, or classes of the network operator. */
export interface PricedHours {
  windows: readonly Window[];
  tariff_classes: readonly string[];
}

/** `heures creuses d’avril à octobre, selon le compteur`; or as `windowsSentence`. */
export function pricedHoursSentence(
  { windows, tariff_classes }: PricedHours,
  language: Language,
): string {
  if (tariff_classes.length === 0) return windowsSentence(windows, language);
  const words = windowWords[language];
  return words.byMeter(
    tariff_classes.map((name) => words.tariffClasses[name] ?? name).join(words.and),
  );
}

/** `de 11 h à 17 h, tous les jours`: the half-hours that one of the windows covers. */
export function windowsSentence(windows: readonly Window[], language: Language): string {
  const words = windowWords[language];
  return windows.map((window) => windowSentence(window, language)).join(words.or);
}

/** `11:30`, of the 23rd half-hour of the day. */
export function halfHour(place: number): string {
  return `${String(Math.floor(place / 2)).padStart(2, '0')}:${place % 2 === 0 ? '00' : '30'}`;
}

function windowSentence({ months, days, hours }: Window, language: Language): string {
  const words = windowWords[language];
  const times = hours.map(([from = '00:00', to = '24:00']) =>
    words.hours(clockTime(from, language), clockTime(to, language)),
  );
  const kinds = days.map((day) => words.days[day] ?? day);
  const parts = [times.join(words.and) || words.allHours, kinds.join(words.and) || words.allDays];
  if (months.length > 0) parts.push(monthsSentence(months, language));
  return parts.join(', ');
}

/** From the first to the last one where they follow on each other, over the end of a year too. */
function monthsSentence(months: readonly number[], language: Language): string {
  const words = windowWords[language];
  const name = (month: number | undefined) => nameOfMonth(month ?? 1, language);
  const firsts = months.filter((month) => !months.includes(month === 1 ? 12 : month - 1));
  if (firsts.length === 1 && months.length > 1) {
    const [first = 1] = firsts;
    return words.months(name(first), name(((first + months.length - 2) % 12) + 1));
  }
  return months.map((month) => words.inMonth(name(month))).join(words.and);
}
