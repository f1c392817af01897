import type { PlacedPoint } from '../queries/feasibility';
import { type Frame, frameOf, isNear, metresOf, type Offset, offsetOf } from './perimeter';

/** A point on the picture, by its number in the table. */
export interface Mark extends Offset {
  number: number;
  prm: string;
  isPlant: boolean;
}

export interface PointsPicture {
  frame: Frame;
  marks: Mark[];
  /** The two that are farthest apart, in metres from the centre. */
  longest: readonly [Mark, Mark] | null;
  /** Around the middle of the longest way; null: no limit, or far beyond the picture. */
  limitRadius_m: number | null;
}

/** So little is around a lone point, or points of one house. */
const LEAST_M = 100;

/** Points around the middle of the longest way, and the circle whose width is the limit. */
export function pictureOf(
  points: readonly PlacedPoint[],
  farthest: readonly string[],
  max_distance_m: number | null,
): PointsPicture | null {
  const ends = points.filter(({ prm }) => farthest.includes(prm));
  const around = ends.length === 2 ? ends : points.slice(0, 1);
  if (around.length === 0) return null;
  const middle = (part: 'latitude_deg' | 'longitude_deg') =>
    around.reduce((sum, { place }) => sum + place[part], 0) / around.length;
  const centre = { latitude_deg: middle('latitude_deg'), longitude_deg: middle('longitude_deg') };
  const marks = points.map(({ prm, isPlant, place }, index) => ({
    ...offsetOf(place, centre),
    number: index + 1,
    prm,
    isPlant,
  }));
  const reach = Math.max(LEAST_M, ...marks.map(metresOf));
  const limit = max_distance_m === null ? null : max_distance_m / 2;
  const isSeen = limit !== null && isNear({ east_m: limit, north_m: 0 }, reach);
  const [one, other] = marks.filter(({ prm }) => farthest.includes(prm));
  return {
    frame: frameOf({ centre, radius_m: isSeen ? Math.max(reach, limit) : reach }, null),
    marks,
    longest: one && other ? [one, other] : null,
    limitRadius_m: isSeen ? limit : null,
  };
}
