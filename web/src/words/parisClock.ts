import { PARIS } from './dates';

const HOUR_MS = 60 * 60_000;
/** Paris is ahead by so many hours, in summer and in winter; an hour that comes twice is the first. */
const AHEAD = [2, 1];

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: PARIS,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** `2027-01-14T19:00`: what a clock in Paris shows at an instant, as fields for days and hours have it. */
export function clockAt(instant: string): string {
  return CLOCK.format(new Date(instant)).replace(' ', 'T');
}

/**
 * The instant at which a clock in Paris shows that, wherever one is. What no clock shows, as summer
 * time begins, is an hour later. before: an instant that stays to its second where it shows so, too.
 */
export function instantAt(clock: string, before: string | null = null): string {
  const shown = clock.slice(0, 16);
  if (before !== null && clockAt(before) === shown) return before;
  const asUtc = Date.parse(`${shown}Z`);
  const instants = AHEAD.map((hours) => new Date(asUtc - hours * HOUR_MS).toISOString());
  return instants.find((instant) => clockAt(instant) === shown) ?? instants.at(-1) ?? '';
}
