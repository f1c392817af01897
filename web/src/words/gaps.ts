import type { Lack, PointCompleteness, PointDays } from '../queries/completeness';
import type { OperationDay } from '../queries/shares';
import { dayLater } from './dates';

/** A day of a point of which something is late: it can be asked for again, or estimated. */
export interface Gap {
  prm: string;
  direction: PointCompleteness['direction'];
  day: string;
  /** How much is missing, what was estimated here included. */
  steps: number;
}

/** All gaps of a month, point by point. */
export function gapsOf(points: readonly PointCompleteness[]): Gap[] {
  return points.flatMap(({ prm, direction, days }) =>
    days
      .map(({ day, missing, estimated_by_us }) => ({
        prm,
        direction,
        day,
        steps: missing + estimated_by_us,
      }))
      .filter(({ steps }) => steps > 0),
  );
}

export function keyOf({ prm, direction, day }: Omit<Gap, 'steps'>): string {
  return `${prm} ${direction} ${day}`;
}

/** Those of the days of a point that are late. */
export function gapsIn(lack: Lack, gaps: readonly Gap[]): Gap[] {
  return gaps.filter(
    ({ prm, direction, day }) =>
      prm === lack.prm && direction === lack.direction && lack.from_day <= day && day < lack.to_day,
  );
}

/** Where an arrow leads from a gap: along its point, or to the nearest day of another one. */
export function gapBeside(gaps: readonly Gap[], from: Gap, arrow: string): Gap | undefined {
  const place = gaps.findIndex((gap) => keyOf(gap) === keyOf(from));
  if (arrow === 'ArrowRight') return gaps[place + 1];
  if (arrow === 'ArrowLeft') return gaps[place - 1];
  const isOther = (gap: Gap) => gap.prm !== from.prm || gap.direction !== from.direction;
  const others =
    arrow === 'ArrowDown'
      ? gaps.slice(place).filter(isOther)
      : arrow === 'ArrowUp'
        ? gaps.slice(0, place).filter(isOther).reverse()
        : [];
  const [first] = others;
  if (!first) return undefined;
  const farness = ({ day }: Gap) => Math.abs(Date.parse(day) - Date.parse(from.day));
  return others
    .filter(({ prm, direction }) => prm === first.prm && direction === first.direction)
    .reduce((nearest, gap) => (farness(gap) < farness(nearest) ? gap : nearest));
}

/** The same as days in a row of each point, as the platform is asked for them. */
export function pointDaysOf(gaps: readonly Gap[]): PointDays[] {
  const ranges: PointDays[] = [];
  for (const gap of gaps.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))) {
    const { prm, direction, day } = gap;
    const last = ranges.at(-1);
    const to_day = dayLater(day, 1);
    if (last?.prm === prm && last.direction === direction && last.to_day === day) {
      last.to_day = to_day;
    } else {
      ranges.push({ prm, direction, from_day: day, to_day });
    }
  }
  return ranges;
}

/** Whether all readings of a day have come, and the shares are not said to know of it. */
export function isHeardSoon(
  days: readonly OperationDay[],
  points: readonly PointCompleteness[],
): boolean {
  const lacking = days.filter(({ status }) => status === 'no_readings' || status === 'incomplete');
  return lacking.some(({ day }) => {
    const ofDay = points.flatMap((point) => point.days.filter((one) => one.day === day));
    return ofDay.length > 0 && ofDay.every(({ expected, received }) => received === expected);
  });
}
