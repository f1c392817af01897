import { expect, test } from 'vitest';
import type { AcciseEntry } from '../../src/queries/accise';
import { acciseOn } from '../../src/words/accise';
import { lastMonthOf, quarterOf } from '../../src/words/periods';

test('the last first day counts, and of one day what was said last', () => {
  const entries = [
    { number: 1, valid_from: '2026-06-01' },
    { number: 2, valid_from: '2026-01-01' },
    { number: 3, valid_from: '2026-06-01' },
    { number: 4, valid_from: '2027-01-01' },
  ] as AcciseEntry[];
  const numberOn = (day: string) => acciseOn(entries, day)?.number;
  expect(numberOn('2025-12-31')).toBeUndefined();
  expect(numberOn('2026-05-31')).toBe(2);
  expect(numberOn('2026-06-01')).toBe(3);
});

test('a quarter is closed with its last month', () => {
  expect(lastMonthOf('2026-10')).toBe('2026-10');
  expect(lastMonthOf('2026-Q3')).toBe('2026-09');
  expect(quarterOf('2026-Q4')).toEqual({ year: '2026', number: '4' });
});
