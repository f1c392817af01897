import type { Accise, AcciseRegime } from '../queries/accise';

/** What holds on a day: the latest first day counts, and of two of one day the last that was said. */
export function acciseOn<Entry extends { valid_from: string }>(
  entries: readonly Entry[],
  day: string,
): Entry | undefined {
  return entries
    .filter(({ valid_from }) => valid_from <= day)
    .reduce<Entry | undefined>(
      (last, entry) => (last && last.valid_from > entry.valid_from ? last : entry),
      undefined,
    );
}

/** What holds on a day on which nothing was decided. */
export function acciseByDefault({ default: defaults }: Accise, day: string): AcciseRegime {
  return acciseOn(defaults, day)?.regime ?? 'undecided';
}
