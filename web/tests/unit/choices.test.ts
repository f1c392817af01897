import { expect, test } from 'vitest';
import { choicesOf, placeOf } from '../../src/words/choices';

const nameOf = (plant: string | null) => plant ?? 'toutes';

test('what was chosen before is a choice of its own, though it can be chosen no more', () => {
  const choices = choicesOf<string | null>([null, 'toit'], 'moulin', nameOf);
  expect(choices).toEqual([
    [null, 'toutes'],
    ['toit', 'toit'],
    ['moulin', 'moulin'],
  ]);
  expect(placeOf<string | null>(choices, 'moulin')).toBe(2);
});

test('what can be chosen still is there once, and nothing is added to what is new', () => {
  expect(choicesOf<string | null>([null, 'toit'], null, nameOf)).toHaveLength(2);
  expect(choicesOf<string | null>([null, 'toit'], 'toit', nameOf)).toHaveLength(2);
  expect(choicesOf<string | null>([null, 'toit'], undefined, nameOf)).toHaveLength(2);
  const buyers = [{ consumer: null, group: 'Communes' }];
  expect(choicesOf(buyers, { consumer: null, group: 'Communes' }, () => '')).toHaveLength(1);
});
