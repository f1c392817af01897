import { expect, test } from 'vitest';
import type { OwnResult, Standing } from '../../src/queries/challenges';
import { placeOf } from '../../src/words/rankings';

const named = { shown_as: 'Les Tournesols', effort_permille: 142 } as OwnResult;
const shown = { is_final: false, is_ranking_withheld: false } as Standing;

test.each([
  ['ranked', named, shown],
  ['ranked', named, { ...shown, is_final: true }],
  ['unnamed', { ...named, shown_as: null }, { ...shown, is_ranking_withheld: true }],
  ['withheld', named, { ...shown, is_ranking_withheld: true }],
  ['kept', named, { ...shown, is_ranking_withheld: true, is_final: true }],
  ['waiting', { ...named, effort_permille: null }, { ...shown, is_ranking_withheld: true }],
  ['waiting', { ...named, effort_permille: null }, shown],
  ['unmeasured', { ...named, effort_permille: null }, { ...shown, is_final: true }],
] as const)('of a ranking one is told %s where that is so', (place, own, standing) => {
  expect(placeOf(own, standing)).toBe(place);
});
