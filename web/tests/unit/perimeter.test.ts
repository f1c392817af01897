import { expect, test } from 'vitest';
import { frameOf, gridOf, isNear, metresOf, offsetOf } from '../../src/pictures/perimeter';

const CENTRE = { latitude_deg: 43.6, longitude_deg: 1.44 };
const AROUND = { centre: CENTRE, radius_m: 2000 };

test('a hundredth of a degree is 1.1 km to the north, and less to the east', () => {
  const north = offsetOf({ latitude_deg: 43.61, longitude_deg: 1.44 }, CENTRE);
  expect(north.north_m).toBeCloseTo(1112, 0);
  expect(north.east_m).toBe(0);
  expect(offsetOf({ latitude_deg: 43.6, longitude_deg: 1.45 }, CENTRE).east_m).toBeCloseTo(805, 0);
  expect(metresOf({ east_m: 300, north_m: -400 })).toBe(500);
});

test('the frame has the circle and some space, and squares of a round length', () => {
  expect(frameOf(AROUND, null)).toEqual({ half_m: 2500, cell_m: 1000 });
  expect(gridOf({ half_m: 2500, cell_m: 1000 })).toEqual([-2000, -1000, 0, 1000, 2000]);
});

test('a place outside widens it, unless the circle would be too small to see', () => {
  expect(frameOf(AROUND, { east_m: -4000, north_m: 0 })).toEqual({ half_m: 5000, cell_m: 2000 });
  const far = { east_m: 90_000, north_m: 0 };
  expect(isNear(far, AROUND.radius_m)).toBe(false);
  expect(frameOf(AROUND, far)).toEqual(frameOf(AROUND, null));
});
