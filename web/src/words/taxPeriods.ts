import { lastMonthOver, monthLater, monthName } from './dates';
import type { Language } from './language';

const MONTHS_OF_QUARTER = 3;

/** The last so many months that are over, each quarter before its last month: `2026-Q4`, `2026-12`. */
export function taxPeriods(instant: Date, months: number): string[] {
  const last = lastMonthOver(instant);
  return Array.from({ length: months }, (_, before) => monthLater(last, -before)).flatMap(
    (month) => {
      const number = Number(month.slice(5));
      const isQuarter = number % MONTHS_OF_QUARTER === 0;
      return isQuarter ? [`${month.slice(0, 4)}-Q${number / MONTHS_OF_QUARTER}`, month] : [month];
    },
  );
}

/** `octobre 2026`, `octobre 2026 – décembre 2026`. */
export function taxPeriodName(period: string, language: Language): string {
  const [year = '', quarter] = period.split('-Q');
  if (quarter === undefined) return monthName(period, language);
  const last = Number(quarter) * MONTHS_OF_QUARTER;
  const named = (month: number) => monthName(`${year}-${String(month).padStart(2, '0')}`, language);
  return `${named(last - 2)} – ${named(last)}`;
}
