import type { GiftPeriod } from '../queries/gifts';

/** Whether the energy of a month is given. */
export function isGift(periods: readonly GiftPeriod[], month: string): boolean {
  return periods.some(
    ({ first_month, end_month }) =>
      first_month <= month && (end_month === null || month < end_month),
  );
}

/** Whether that of some month of a year is. */
export function isGiftIn(periods: readonly GiftPeriod[], year: number): boolean {
  return periods.some(
    ({ first_month, end_month }) =>
      first_month <= `${year}-12` && (end_month === null || `${year}-01` < end_month),
  );
}

/** Those that are over, and those that last or are to come. */
export function splitPeriods(periods: readonly GiftPeriod[], thisMonth: string) {
  const isPast = ({ end_month }: GiftPeriod) => end_month !== null && end_month <= thisMonth;
  return {
    past: periods.filter(isPast),
    coming: periods.filter((period) => !isPast(period)),
  };
}
