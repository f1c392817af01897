import { sharesOf } from './keyForms';

/** Which days a time window is of, as the form offers them. */
export const DAY_CHOICES = ['all', 'working', 'weekend'] as const;
export type DayChoice = (typeof DAY_CHOICES)[number];

const DAYS: Record<DayChoice, readonly string[]> = {
  all: [],
  working: ['working_day'],
  weekend: ['sat', 'sun', 'holiday'],
};

/** Hours of some days in which the parts are others; 24 is the end of the day. */
export interface TimeWindow {
  /** To tell it from others of the form. */
  id: number;
  days: DayChoice;
  from: number;
  to: number;
  percents: Readonly<Record<string, string>>;
}

/** What is typed, as the platform takes it: the first window that covers a step holds. */
export function rulesOf(
  percents: Readonly<Record<string, string>>,
  windows: readonly TimeWindow[],
): Record<string, unknown> {
  return {
    shares: named(percents),
    schedules: windows.map(({ days, from, to, percents: parts }) => ({
      ...(DAYS[days].length > 0 ? { days: DAYS[days] } : {}),
      hours: [[clock(from), clock(to)]],
      shares: named(parts),
    })),
  };
}

/** Whoever has nothing has 0: there must be somebody. */
function named(percents: Readonly<Record<string, string>>): Record<string, string> {
  const zeros = Object.fromEntries(Object.keys(percents).map((prm) => [prm, '0']));
  return { ...zeros, ...sharesOf(percents) };
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** A share as the platform writes it, `0.453`, in percent to the hundredth. */
export function percentOf(share: string): number {
  return Math.round(Number(share) * 10_000) / 100;
}
