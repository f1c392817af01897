import type { AcciseEntry } from '../queries/accise';

/** What holds on a day: the latest first day counts, and of two of one day the last that was said. */
export function acciseOn(entries: readonly AcciseEntry[], day: string): AcciseEntry | undefined {
  return entries
    .filter(({ valid_from }) => valid_from <= day)
    .reduce<AcciseEntry | undefined>(
      (last, entry) => (last && last.valid_from > entry.valid_from ? last : entry),
      undefined,
    );
}
