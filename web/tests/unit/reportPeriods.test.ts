import { expect, test } from 'vitest';
import { periodsOver, reportPeriodName } from '../../src/words/reportPeriods';

const plain = (...period: Parameters<typeof reportPeriodName>) =>
  reportPeriodName(...period).replace(/\s/gu, ' ');

test('the periods that are over are those before a day, the newest first', () => {
  expect(periodsOver('month', '2027-01-01', 3)).toEqual(['2026-12', '2026-11', '2026-10']);
  expect(periodsOver('ten-days', '2027-03-20', 4)).toEqual([
    '2027-03-1',
    '2027-02-3',
    '2027-02-2',
    '2027-02-1',
  ]);
  expect(periodsOver('ten-days', '2027-03-21', 1)).toEqual(['2027-03-2']);
});

test('two months begin with an odd one, and are over with the even one', () => {
  expect(periodsOver('two-months', '2027-02-28', 2)).toEqual(['2026-11-two', '2026-09-two']);
  expect(periodsOver('two-months', '2027-03-01', 1)).toEqual(['2027-01-two']);
});

test('a period is named by its months or days', () => {
  expect(plain('2026-10', 'fr')).toBe('octobre 2026');
  expect(plain('2026-11-two', 'fr')).toBe('novembre 2026 – décembre 2026');
  expect(plain('2027-02-3', 'en')).toBe('21 February 2027 – 28 February 2027');
});
