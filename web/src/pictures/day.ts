import type { PointDay } from '../queries/months';
import { clockMinutes } from '../words/dates';
import { sum } from '../words/numbers';

/** One cell of a day's row: some steps together, on the clock in Paris. */
export interface Cell {
  /** Minutes of the day at which it begins, and how many it is drawn over. */
  clockMin: number;
  drawnMin: number;
  usedWmin: number;
  localWmin: number;
  /** As the API says: m measured, e estimated, r reconstructed, - missing; the worst of its steps. */
  nature: string;
}

const WORST_FIRST = ['-', 'e', 'r', 'm'];

/**
 * The cells of a local day of 23, 24 or 25 hours, of so many minutes each. An hour that comes twice
 * is drawn over half of its place each time; one that is left out leaves a gap.
 */
export function cellsOf(day: PointDay, cellMin: number): Cell[] {
  const steps = Math.max(1, cellMin / day.step_min);
  const clock = clockMinutes(day.start, day.step_min, day.consumption_wmin.length);
  const cells: Cell[] = [];
  for (let step = 0; step < clock.length; step += steps) {
    const within = [step, step + steps] as const;
    const clockMin = clock[step] ?? 0;
    const drawnMin = day.step_min * steps;
    const isTwice = clock.indexOf(clockMin) !== clock.lastIndexOf(clockMin);
    const isSecond = isTwice && clock.indexOf(clockMin) !== step;
    cells.push({
      clockMin: clockMin + (isSecond ? drawnMin / 2 : 0),
      drawnMin: isTwice ? drawnMin / 2 : drawnMin,
      usedWmin: sum(day.consumption_wmin.slice(...within)),
      localWmin: sum((day.shared_wmin ?? []).slice(...within)),
      nature: worst(day.nature?.slice(...within)),
    });
  }
  return cells;
}

/** Nothing of the day was measured, nor estimated. */
export function isUnknown(day: PointDay): boolean {
  return day.nature !== null && /^-+$/.test(day.nature);
}

function worst(natures: string | undefined): string {
  return WORST_FIRST.find((nature) => natures?.includes(nature)) ?? 'm';
}
