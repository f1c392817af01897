import { scaleSqrt } from 'd3-scale';

/** How dark a cell can be; each is a class of the picture's style. */
export const LEVELS = 9;

/**
 * Which of the LEVELS an energy has, 0 for none. The scale is of square roots, and ends where one
 * step in thirty is above: one long evening must not bleach all others.
 */
export function levelsOf(energies: readonly number[]): (energy: number) => number {
  const positive = energies.filter((energy) => energy > 0).sort((one, other) => one - other);
  const top = positive[Math.floor(positive.length * 0.97)] ?? 1;
  const level = scaleSqrt([0, top], [0, LEVELS]).clamp(true);
  return (energy) => (energy > 0 ? Math.max(1, Math.ceil(level(energy))) : 0);
}
