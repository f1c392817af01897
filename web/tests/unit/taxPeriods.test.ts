import { expect, test } from 'vitest';
import { taxPeriodName, taxPeriods } from '../../src/words/taxPeriods';

test('months that are over come newest first, a quarter before its last month', () => {
  expect(taxPeriods(new Date('2026-11-10T12:00Z'), 3)).toEqual([
    '2026-10',
    '2026-Q3',
    '2026-09',
    '2026-08',
  ]);
});

test('a quarter is named by its first and last month', () => {
  expect(taxPeriodName('2026-Q4', 'fr')).toBe('octobre\u00a02026 – décembre\u00a02026');
  expect(taxPeriodName('2026-10', 'en')).toBe('October\u00a02026');
});
