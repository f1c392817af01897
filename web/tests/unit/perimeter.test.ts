import { expect, test } from 'vitest';
import { frameOf, gridOf, isNear, metresOf, offsetOf } from '../../src/pictures/perimeter';
import { pictureOf } from '../../src/pictures/pointsMap';

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

const POINTS = [43.6, 43.61, 43.602].map((latitude_deg, index) => ({
  prm: String(index),
  place: { latitude_deg, longitude_deg: 1.44 },
  isPlant: index === 1,
}));

test('points stand around the middle of the longest way, within the limit', () => {
  const picture = pictureOf(POINTS, ['0', '1'], 2000);

  expect(picture?.marks.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(picture?.longest?.map(({ prm }) => prm)).toEqual(['0', '1']);
  const [south, north] = picture?.longest ?? [];
  expect(south?.north_m).toBeCloseTo(-556, 0);
  expect(north?.north_m).toBeCloseTo(556, 0);
  expect(picture?.limitRadius_m).toBe(1000);
  expect(picture?.frame.half_m).toBe(1250);
});

test('a limit that is far beyond the points is not drawn, nor anything without a place', () => {
  expect(pictureOf(POINTS, ['0', '1'], 20_000)?.limitRadius_m).toBeNull();
  expect(pictureOf(POINTS, ['0', '1'], null)?.limitRadius_m).toBeNull();
  expect(pictureOf(POINTS.slice(0, 1), [], 2000)?.longest).toBeNull();
  expect(pictureOf([], [], 2000)).toBeNull();
});
