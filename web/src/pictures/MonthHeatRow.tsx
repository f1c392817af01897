import type { PointDay } from '../queries/months';
import { isWeekend, shortDay } from '../words/dates';
import { useLanguage } from '../words/language';
import { kwh, sum } from '../words/numbers';
import { type Cell, isUnknown } from './day';
import styles from './MonthHeat.module.css';

/** In the picture's own units, which are about a pixel: labels, cells, bars, and what is between. */
export interface Layout {
  left: number;
  cells: number;
  bars: number;
  figures: number;
  row: number;
  cellMin: number;
}

/** Between the cells and the bar of a day. */
export const BAR_GAP = 10;
const DAY_MIN = 1440;

interface MonthHeatRowProps {
  day: PointDay;
  cells: readonly Cell[];
  level: (wmin: number) => number;
  bar: (wmin: number) => number;
  layout: Layout;
}

/** A day of the month: its cells on the clock, its sum. */
export function MonthHeatRow({ day, cells, level, bar, layout }: MonthHeatRowProps) {
  const rest = day.shared_wmin === null ? styles.unshared : styles.grid;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it takes no focus; the link of the day says its figures
    <g aria-hidden="true">
      {cells.map((cell) => (
        <CellMark
          key={cell.clockMin}
          cell={cell}
          rest={rest}
          level={level(cell.usedWmin)}
          layout={layout}
        />
      ))}
      {!isUnknown(day) && (
        <Total
          usedWmin={sum(day.consumption_wmin)}
          localWmin={sum(day.shared_wmin ?? [])}
          rest={rest}
          bar={bar}
          layout={layout}
        />
      )}
    </g>
  );
}

/** The name of a row. */
export function Day({ day, layout }: { day: string; layout: Layout }) {
  const language = useLanguage();
  return (
    <text
      className={isWeekend(day) ? styles.weekend : styles.label}
      x={layout.left - 6}
      y={layout.row - 4}
      textAnchor="end"
    >
      {shortDay(day, language)}
    </text>
  );
}

interface CellMarkProps {
  cell: Cell;
  /** The style of what is not local: of the grid, or nobody knows yet. */
  rest: string | undefined;
  level: number;
  layout: Layout;
}

function CellMark({ cell, rest, level, layout }: CellMarkProps) {
  const x = layout.left + (cell.clockMin / DAY_MIN) * layout.cells;
  const width = (cell.drawnMin / DAY_MIN) * layout.cells - 0.8;
  const height = layout.row - 1;
  if (cell.nature === '-') {
    return (
      <rect className={styles.missing} x={x + 1} y={1} width={width - 1} height={height - 2} />
    );
  }
  if (cell.usedWmin === 0) {
    return <rect className={styles.empty} x={x} width={width} height={height} />;
  }
  const local = (width * cell.localWmin) / cell.usedWmin;
  const strength = styles[`level${level}`];
  return (
    <>
      {local > 0 && (
        <rect className={`${styles.local} ${strength}`} x={x} width={local} height={height} />
      )}
      {local < width && (
        <rect
          className={`${rest} ${strength}`}
          x={x + local}
          width={width - local}
          height={height}
        />
      )}
      {cell.nature === 'e' && (
        <rect
          className={styles.estimated}
          x={x + 0.5}
          y={0.5}
          width={width - 1}
          height={height - 1}
        />
      )}
    </>
  );
}

interface TotalProps {
  usedWmin: number;
  localWmin: number;
  rest: string | undefined;
  bar: (energy: number) => number;
  layout: Layout;
}

function Total({ usedWmin, localWmin, rest, bar, layout }: TotalProps) {
  const language = useLanguage();
  const x = layout.left + layout.cells + BAR_GAP;
  const [local, used] = [bar(localWmin), bar(usedWmin)];
  const place = { y: 3, height: layout.row - 6 };
  return (
    <>
      <rect className={`${styles.local} ${styles.level9}`} x={x} width={local} {...place} />
      <rect className={`${rest} ${styles.level9}`} x={x + local} width={used - local} {...place} />
      {layout.figures > 0 && (
        <text className={styles.label} x={x + used + 4} y={layout.row - 4}>
          {kwh(usedWmin, language)}
        </text>
      )}
    </>
  );
}
