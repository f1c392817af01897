import { expect, test } from 'vitest';
import { isGift, isGiftIn, splitPeriods } from '../../src/words/gifts';

const AUTUMN = { first_month: '2026-10', end_month: '2026-12' };
const NOW_ON = { first_month: '2027-02', end_month: null };

test('a month is given from the first one on, and not in the one that is sold again', () => {
  const given = ['2026-09', '2026-10', '2026-11', '2026-12'].map((month) =>
    isGift([AUTUMN], month),
  );
  expect(given).toEqual([false, true, true, false]);
  expect(isGift([AUTUMN, NOW_ON], '2031-01')).toBe(true);
});

test('a year has a statement if one of its months is given', () => {
  expect([2025, 2026, 2027].map((year) => isGiftIn([AUTUMN], year))).toEqual([false, true, false]);
  expect([2026, 2027, 2028].map((year) => isGiftIn([NOW_ON], year))).toEqual([false, true, true]);
});

test('a period that ends this month is over', () => {
  expect(splitPeriods([AUTUMN, NOW_ON], '2026-12')).toEqual({ past: [AUTUMN], coming: [NOW_ON] });
  expect(splitPeriods([AUTUMN], '2026-11')).toEqual({ past: [], coming: [AUTUMN] });
});
