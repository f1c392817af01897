import type { Place } from '../words/places';

export interface Around {
  centre: Place;
  radius_m: number;
}

/** Metres from the centre: east, and north. */
export interface Offset {
  east_m: number;
  north_m: number;
}

/** What fits into the picture. cell_m: the side of a square of its grid. */
export interface Frame {
  half_m: number;
  cell_m: number;
}

const METRES_A_DEGREE = 111_195;
const MARGIN = 1.25;
/** As far as somebody's place is drawn, in radiuses: beyond, the circle would be a dot. */
const FARTHEST = 4;

/** Right to a thousandth within some tens of kilometres, which is finer than the picture. */
export function offsetOf(place: Place, centre: Place): Offset {
  const shrunk = Math.cos((centre.latitude_deg * Math.PI) / 180);
  return {
    east_m: (place.longitude_deg - centre.longitude_deg) * METRES_A_DEGREE * shrunk,
    north_m: (place.latitude_deg - centre.latitude_deg) * METRES_A_DEGREE,
  };
}

export function metresOf({ east_m, north_m }: Offset): number {
  return Math.hypot(east_m, north_m);
}

/** With the circle, and a place unless it is too far away. */
export function frameOf({ radius_m }: Around, place: Offset | null): Frame {
  const reach =
    place && isNear(place, radius_m) ? Math.max(radius_m, farthestSide(place)) : radius_m;
  const half_m = reach * MARGIN;
  return { half_m, cell_m: roundLength(half_m / 2) };
}

export function isNear(place: Offset, radius_m: number): boolean {
  return farthestSide(place) <= FARTHEST * radius_m;
}

/** The lines of the grid, in metres from the centre. */
export function gridOf({ half_m, cell_m }: Frame): number[] {
  const count = Math.floor(half_m / cell_m);
  return Array.from({ length: 2 * count + 1 }, (_, line) => (line - count) * cell_m);
}

function farthestSide({ east_m, north_m }: Offset): number {
  return Math.max(Math.abs(east_m), Math.abs(north_m));
}

/** 1, 2 or 5 with zeros, the nearest below. */
function roundLength(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres));
  const first = [5, 2, 1].find((digit) => digit * power <= metres) ?? 1;
  return first * power;
}
