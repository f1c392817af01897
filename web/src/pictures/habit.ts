import type { PointDay } from '../queries/months';
import { sum } from '../words/numbers';
import { type Cell, cellsOf } from './day';

/** What one does at about the same hours each day from the grid, and could do under the sun. */
interface Habit {
  /** Clock in Paris, in minutes of the day. */
  fromMin: number;
  toMin: number;
  /** Mean of what it takes from the grid, of the days looked at. */
  perDayWmin: number;
  /** Days on which all was local at some time around noon: there was more than one took. */
  sunnyDays: number;
  days: number;
}

const HALF_HOUR_MIN = 30;
const WINDOW = 4;
const NOON = [11 * 60, 15 * 60] as const;
const LEAST_DAYS = 20;
/** Below, nobody would move anything for it. */
const LEAST_PER_DAY_WMIN = 60_000;

/**
 * The two hours of the clock that take most from the grid, if they take it on most days and more
 * than twice what is usual, and if there is often sun to spare at noon; null: nothing to suggest.
 */
export function habitOf(days: readonly PointDay[]): Habit | null {
  const shared = days.filter((day) => day.shared_wmin !== null);
  if (shared.length < LEAST_DAYS) return null;
  const rows = shared.map((day) => cellsOf(day, HALF_HOUR_MIN));
  const grids = rows.map(gridByHalfHour);
  const starts = Array.from({ length: 48 - WINDOW + 1 }, (_, start) => start);
  const means = starts.map((start) => sum(grids.map((grid) => taken(grid, start))) / rows.length);
  const start = means.indexOf(Math.max(...means));
  const perDayWmin = means[start] ?? 0;
  const usual = (2 * median(means) + LEAST_PER_DAY_WMIN) / 2;
  const often = grids.filter((grid) => taken(grid, start) > usual).length;
  const sunnyDays = rows.filter(hasSunToSpare).length;
  if (perDayWmin < LEAST_PER_DAY_WMIN || perDayWmin < 2 * median(means)) return null;
  if (often < rows.length / 2 || sunnyDays < rows.length / 3) return null;
  const fromMin = start * HALF_HOUR_MIN;
  return {
    fromMin,
    toMin: fromMin + WINDOW * HALF_HOUR_MIN,
    perDayWmin: Math.round(perDayWmin),
    sunnyDays,
    days: rows.length,
  };
}

function gridByHalfHour(cells: readonly Cell[]): number[] {
  const grid = new Array<number>(48).fill(0);
  for (const cell of cells) {
    const place = Math.floor(cell.clockMin / HALF_HOUR_MIN);
    grid[place] = (grid[place] ?? 0) + cell.usedWmin - cell.localWmin;
  }
  return grid;
}

function taken(grid: readonly number[], start: number): number {
  return sum(grid.slice(start, start + WINDOW));
}

function hasSunToSpare(cells: readonly Cell[]): boolean {
  const [from, to] = NOON;
  return cells.some(
    ({ clockMin, usedWmin, localWmin }) =>
      clockMin >= from && clockMin < to && usedWmin > 0 && localWmin === usedWmin,
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((less, more) => less - more);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
