import type { components } from '../api/schema/billing';
import { dayLater, daysOfMonth, fullDay, monthLater, monthName } from './dates';
import type { Language } from './language';

export type Frequency = components['schemas']['Frequency'];

/** The last so many periods that are over by a day, the newest first: docs/use/e-invoicing.md. */
export function periodsOver(frequency: Frequency, today: string, count: number): string[] {
  const month = today.slice(0, 7);
  const months = Array.from({ length: 2 * count + 2 }, (_, before) => monthLater(month, -before));
  return months
    .flatMap((one) => periodsFrom(frequency, one))
    .filter((period) => endOf(period) <= today)
    .slice(0, count);
}

/** Those that begin in a month, the last first. */
function periodsFrom(frequency: Frequency, month: string): string[] {
  switch (frequency) {
    case 'ten-days':
      return ['3', '2', '1'].map((part) => `${month}-${part}`);
    case 'two-months':
      return Number(month.slice(5)) % 2 === 1 ? [`${month}-two`] : [];
    case 'month':
      return [month];
  }
}

/** The first day after a period. */
function endOf(period: string): string {
  const month = period.slice(0, 7);
  const part = period.slice(8);
  if (part === '1') return `${month}-11`;
  if (part === '2') return `${month}-21`;
  return `${monthLater(month, part === 'two' ? 2 : 1)}-01`;
}

/** `octobre 2026`, `septembre 2026 – octobre 2026`, `11 octobre 2026 – 20 octobre 2026`. */
export function reportPeriodName(period: string, language: Language): string {
  const month = period.slice(0, 7);
  const part = period.slice(8);
  if (part === '') return monthName(month, language);
  if (part === 'two') {
    return `${monthName(month, language)} – ${monthName(monthLater(month, 1), language)}`;
  }
  const first = daysOfMonth(month)[10 * (Number(part) - 1)] ?? `${month}-01`;
  const last = dayLater(endOf(period), -1);
  return `${fullDay(first, language)} – ${fullDay(last, language)}`;
}
