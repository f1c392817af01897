import { expect, test } from 'vitest';
import { LEVELS, levelsOf } from '../../src/pictures/scale';

test('nothing has no level, and the least energy has one', () => {
  const level = levelsOf([0, 1, 10_000]);

  expect([0, 1, 10_000].map(level)).toEqual([0, 1, LEVELS]);
});

test('one long evening does not bleach all others', () => {
  const level = levelsOf([...Array(99).fill(100), 1_000_000]);

  expect(level(100)).toBe(LEVELS);
  expect(level(1_000_000)).toBe(LEVELS);
});

test('of a month without energy there is no level either', () => {
  expect(levelsOf([])(0)).toBe(0);
  expect(levelsOf([0, 0])(0)).toBe(0);
});
