import { expect, test } from 'vitest';
import type { Accise, AcciseEntry } from '../../src/queries/accise';
import { acciseByDefault, acciseOn } from '../../src/words/accise';
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

test('on a day without a decision the default holds, and nothing before it', () => {
  const defaults = [
    { regime: 'undecided', valid_from: '2025-03-01' },
    { regime: 'exempt', valid_from: '2026-06-01' },
  ];
  const accise = { entries: [], default: defaults } as unknown as Accise;
  expect(acciseByDefault(accise, '2024-12-31')).toBe('undecided');
  expect(acciseByDefault(accise, '2026-05-31')).toBe('undecided');
  expect(acciseByDefault(accise, '2026-06-01')).toBe('exempt');
});

test('a quarter is closed with its last month', () => {
  expect(lastMonthOf('2026-10')).toBe('2026-10');
  expect(lastMonthOf('2026-Q3')).toBe('2026-09');
  expect(quarterOf('2026-Q4')).toEqual({ year: '2026', number: '4' });
});
