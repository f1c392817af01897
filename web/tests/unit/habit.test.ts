import { expect, test } from 'vitest';
import { habitOf } from '../../src/pictures/habit';
import type { PointDay } from '../../src/queries/months';

const KWH = 60_000;

/** A day of 48 half-hours of 0.1 kWh, with a water heater from 2 h to 4 h, and all local at noon. */
function dayWith({ heater = KWH, sun = true, isAllocated = true }): PointDay {
  const consumption_wmin = new Array<number>(48).fill(KWH / 10).fill(heater, 4, 8);
  const shared_wmin = new Array<number>(48).fill(0).fill(sun ? KWH / 10 : 0, 22, 30);
  return {
    day: '2026-10-10',
    start: '2026-10-09T22:00:00Z',
    step_min: 30,
    status: 'allocated',
    consumption_wmin,
    shared_wmin: isAllocated ? shared_wmin : null,
    nature: null,
  };
}

const month = (...kinds: Parameters<typeof dayWith>[0][]) =>
  Array.from({ length: 30 }, (_, day) => dayWith(kinds[day % kinds.length] ?? {}));

test('a water heater at night is a habit that the sun could serve', () => {
  expect(habitOf(month({}, { sun: false }))).toEqual({
    fromMin: 120,
    toMin: 240,
    perDayWmin: 4 * KWH,
    sunnyDays: 15,
    days: 30,
  });
});

test.each([
  ['nothing stands out', month({ heater: KWH / 10 })],
  ['it happens on few days', month({}, ...new Array(4).fill({ heater: 0 }))],
  ['there is hardly any sun to spare', month({ sun: false })],
  ['too few days are shared out', month({}).slice(0, 19)],
  ['no day is shared out', month({ isAllocated: false })],
])('no suggestion where %s', (_why, days) => {
  expect(habitOf(days)).toBeNull();
});
