import { expect, test } from 'vitest';
import type { Lack, PointCompleteness } from '../../src/queries/completeness';
import type { OperationDay } from '../../src/queries/shares';
import {
  type Gap,
  gapBeside,
  gapsIn,
  gapsOf,
  isHeardSoon,
  pointDaysOf,
} from '../../src/words/gaps';

const [LUCIE, SCHOOL, ROOF] = ['99770000000101', '99770000000102', '99770000000010'];

function gap(prm: string | undefined, day: number, direction: Gap['direction'] = 'consumption') {
  const text = String(day).padStart(2, '0');
  return { prm: prm ?? '', direction, day: `2026-10-${text}`, steps: 48 };
}

test('a gap is a day of which something is missing, or estimated here', () => {
  const day = { expected: 48, received: 48, estimated_by_dso: 0, estimated_by_us: 0, missing: 0 };
  const days = [
    { ...day, day: '2026-10-01' },
    { ...day, day: '2026-10-02', received: 40, estimated_by_us: 8 },
    { ...day, day: '2026-10-03', received: 47, missing: 1 },
    { ...day, day: '2026-10-04', received: 0, estimated_by_dso: 48 },
  ];
  const points = [{ prm: LUCIE, direction: 'consumption', days }] as PointCompleteness[];

  expect(gapsOf(points).map(({ day: of, steps }) => [of, steps])).toEqual([
    ['2026-10-02', 8],
    ['2026-10-03', 1],
  ]);
});

test('what is chosen is asked for as days in a row of each point', () => {
  const chosen = [gap(SCHOOL, 3), gap(LUCIE, 31), gap(LUCIE, 2), gap(LUCIE, 1), gap(SCHOOL, 5)];

  expect(pointDaysOf(chosen)).toEqual([
    { prm: LUCIE, direction: 'consumption', from_day: '2026-10-01', to_day: '2026-10-03' },
    { prm: LUCIE, direction: 'consumption', from_day: '2026-10-31', to_day: '2026-11-01' },
    { prm: SCHOOL, direction: 'consumption', from_day: '2026-10-03', to_day: '2026-10-04' },
    { prm: SCHOOL, direction: 'consumption', from_day: '2026-10-05', to_day: '2026-10-06' },
  ]);
});

test('arrows lead along a point, and to the nearest day of the one above or below', () => {
  const [first, last, far, near] = [gap(LUCIE, 2), gap(LUCIE, 20), gap(SCHOOL, 1), gap(SCHOOL, 19)];
  const below = gap(ROOF, 20, 'production');
  const gaps = [first, last, far, near, below];

  expect(gapBeside(gaps, first, 'ArrowRight')).toBe(last);
  expect(gapBeside(gaps, last, 'ArrowLeft')).toBe(first);
  expect(gapBeside(gaps, last, 'ArrowDown')).toBe(near);
  expect(gapBeside(gaps, near, 'ArrowUp')).toBe(last);
  expect(gapBeside(gaps, near, 'ArrowDown')).toBe(below);
  expect(gapBeside(gaps, below, 'ArrowDown')).toBeUndefined();
  expect(gapBeside(gaps, first, 'ArrowUp')).toBeUndefined();
  expect(gapBeside(gaps, first, 'Enter')).toBeUndefined();
});

test('days of a point that are late have their gaps', () => {
  const gaps = [gap(LUCIE, 1), gap(LUCIE, 2), gap(LUCIE, 3), gap(SCHOOL, 1)];
  const lack = {
    prm: LUCIE,
    direction: 'consumption',
    from_day: '2026-10-01',
    to_day: '2026-10-03',
  } as Lack;

  expect(gapsIn(lack, gaps)).toEqual([gaps[0], gaps[1]]);
});

test('shares are on their way where all readings of a day have come', () => {
  const day = (status: string) => ({ day: '2026-10-01', status }) as OperationDay;
  const point = (received: number) =>
    ({ days: [{ day: '2026-10-01', expected: 48, received }] }) as unknown as PointCompleteness;

  expect(isHeardSoon([day('no_readings')], [point(48), point(48)])).toBe(true);
  expect(isHeardSoon([day('incomplete')], [point(48), point(47)])).toBe(false);
  expect(isHeardSoon([day('no_key')], [point(48)])).toBe(false);
  expect(isHeardSoon([day('no_readings')], [])).toBe(false);
});
