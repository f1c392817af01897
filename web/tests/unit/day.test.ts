import { expect, test } from 'vitest';
import { cellsOf, isUnknown } from '../../src/pictures/day';
import type { PointDay } from '../../src/queries/months';
import { sum } from '../../src/words/numbers';

function day(date: string, start: string, steps: number, more: Partial<PointDay> = {}): PointDay {
  return {
    day: date,
    start,
    step_min: 30,
    status: 'allocated',
    consumption_wmin: Array(steps).fill(100),
    shared_wmin: Array(steps).fill(40),
    nature: null,
    ...more,
  };
}

const ORDINARY = day('2026-10-12', '2026-10-11T22:00:00Z', 48);
const AUTUMN = day('2026-10-25', '2026-10-24T22:00:00Z', 50);
const SPRING = day('2026-03-29', '2026-03-28T23:00:00Z', 46);

test('a cell of an hour is the sum of its half-hours', () => {
  const cells = cellsOf(ORDINARY, 60);

  expect(cells).toHaveLength(24);
  expect(cells[13]).toEqual({
    clockMin: 780,
    drawnMin: 60,
    usedWmin: 200,
    localWmin: 80,
    nature: 'm',
  });
});

test.each([30, 60])('on the day of 25 hours, 2 o’clock is drawn twice in its place', (cellMin) => {
  const cells = cellsOf(AUTUMN, cellMin);

  expect(sum(cells.map((cell) => cell.drawnMin))).toBe(1440);
  expect(sum(cells.map((cell) => cell.usedWmin))).toBe(5000);
  expect(new Set(cells.map((cell) => cell.clockMin)).size).toBe(cells.length);
  const narrow = cells.filter((cell) => cell.drawnMin < cellMin);
  expect(narrow).toHaveLength((2 * 60) / cellMin);
  expect(narrow.every((cell) => cell.clockMin >= 120 && cell.clockMin < 180)).toBe(true);
});

test('on the day of 23 hours nothing is drawn from 2 to 3', () => {
  const clock = cellsOf(SPRING, 30).map((cell) => cell.clockMin);

  expect(clock).toHaveLength(46);
  expect(clock.filter((minutes) => minutes >= 120 && minutes < 180)).toEqual([]);
});

test('a day that is not shared out has nothing local', () => {
  const cells = cellsOf({ ...ORDINARY, shared_wmin: null }, 30);

  expect(sum(cells.map((cell) => cell.localWmin))).toBe(0);
});

test('an hour is as uncertain as the worst of its half-hours', () => {
  const cells = cellsOf({ ...ORDINARY, nature: `me-r${'m'.repeat(44)}` }, 60);

  expect(cells.slice(0, 3).map((cell) => cell.nature)).toEqual(['e', '-', 'm']);
});

test('a day is unknown if nothing of it was measured, nor estimated', () => {
  const withNature = (nature: string | null) => isUnknown({ ...ORDINARY, nature });

  expect(['-'.repeat(48), `m${'-'.repeat(47)}`, null].map(withNature)).toEqual([
    true,
    false,
    false,
  ]);
});
