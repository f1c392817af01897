import type { OwnResult, Standing } from '../queries/challenges';

/** Where one's own point is in the ranking, as far as that is to be told. */
type Place = 'unnamed' | 'ranked' | 'waiting' | 'unmeasured' | 'withheld' | 'kept';

/** The ranking has a place for who has a name and a result, and is not always shown. */
export function placeOf(own: OwnResult, standing: Standing): Place {
  const { is_final, is_ranking_withheld } = standing;
  if (own.shown_as === null) return 'unnamed';
  if (own.effort_permille === null) return is_final ? 'unmeasured' : 'waiting';
  if (is_ranking_withheld) return is_final ? 'kept' : 'withheld';
  return 'ranked';
}
