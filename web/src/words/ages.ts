import { dayAt } from './dates';

const DAY_MS = 24 * 60 * 60_000;

/** How many local days ago an instant was: 0 today. */
export function daysSince(instant: string, now = new Date()): number {
  const [then, today] = [dayAt(new Date(instant)), dayAt(now)].map((day) => Date.parse(day));
  return Math.round(((today ?? 0) - (then ?? 0)) / DAY_MS);
}
