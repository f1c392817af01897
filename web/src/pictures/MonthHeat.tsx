import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { monthWords } from '../messages/month';
import { useIsPhone } from '../parts/screen';
import type { PointMonth } from '../queries/months';
import { isWeekend, shortDay } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { kwh } from '../words/numbers';
import { type Cell, cellsOf, sum } from './day';
import styles from './MonthHeat.module.css';
import { levelsOf } from './scale';

/** In the picture's own units, which are about a pixel: labels, cells, bars, and what is between. */
interface Layout {
  left: number;
  cells: number;
  bars: number;
  figures: number;
  row: number;
  cellMin: number;
}

const WIDE: Layout = { left: 60, cells: 480, bars: 90, figures: 52, row: 15, cellMin: 30 };
const PHONE: Layout = { left: 54, cells: 240, bars: 54, figures: 0, row: 14, cellMin: 60 };
const GAP = 10;
const SUN = 44;
const AXIS = 16;
const HOURS = [0, 6, 12, 18, 24];
const DAY_MIN = 1440;

/** A month at a glance: rows are days, columns the clock; orange is local, blue the rest. */
export function MonthHeat({ month, sentence }: { month: PointMonth; sentence: string }) {
  const words = useWords(monthWords);
  const description = useId();
  const layout = useIsPhone() ? PHONE : WIDE;
  const rows = month.days.map((day) => ({ day, cells: cellsOf(day, layout.cellMin) }));
  const level = levelsOf(rows.flatMap(({ cells }) => cells.map((cell) => cell.usedWmin)));
  const top = (month.sun.by_hour_tenths ? SUN : 0) + AXIS;
  const most = Math.max(1, ...month.days.map((day) => sum(day.consumption_wmin)));
  const bar = scaleLinear([0, most], [0, layout.bars]);
  const width = layout.left + layout.cells + GAP + layout.bars + layout.figures;
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${width} ${top + rows.length * layout.row + 4}`}
      role="img"
      aria-label={words.picture}
      aria-describedby={description}
    >
      <desc id={description}>{sentence}</desc>
      {month.sun.by_hour_tenths && <Sun byHour={month.sun.by_hour_tenths} layout={layout} />}
      <Hours y={top - 4} layout={layout} />
      {rows.map(({ day, cells }, row) => (
        <g key={day.day} transform={`translate(0 ${top + row * layout.row})`}>
          <Day day={day.day} layout={layout} />
          {cells.map((cell) => (
            <CellMark
              key={cell.clockMin}
              cell={cell}
              rest={day.shared_wmin === null ? styles.unshared : styles.grid}
              level={level(cell.usedWmin)}
              layout={layout}
            />
          ))}
          <Total
            usedWmin={sum(day.consumption_wmin)}
            localWmin={sum(day.shared_wmin ?? [])}
            rest={day.shared_wmin === null ? styles.unshared : styles.grid}
            bar={bar}
            layout={layout}
          />
        </g>
      ))}
    </svg>
  );
}

function Hours({ y, layout }: { y: number; layout: Layout }) {
  const anchors = ['start', 'middle', 'middle', 'middle', 'end'] as const;
  return HOURS.map((hour, place) => (
    <text
      key={hour}
      className={styles.label}
      x={layout.left + (hour / 24) * layout.cells}
      y={y}
      textAnchor={anchors[place]}
    >
      {hour} h
    </text>
  ));
}

function Day({ day, layout }: { day: string; layout: Layout }) {
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
  const x = layout.left + layout.cells + GAP;
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

function Sun({ byHour, layout }: { byHour: number[]; layout: Layout }) {
  const words = useWords(monthWords);
  const y = scaleLinear([0, 10], [SUN - 2, 4]);
  const end = layout.left + layout.cells;
  const points = byHour.map((energy, hour) => {
    const middle = layout.left + ((hour + 0.5) / 24) * layout.cells;
    return `L${middle},${y(energy)}`;
  });
  return (
    <>
      <path
        className={styles.sun}
        d={`M${layout.left},${y(0)}${points.join('')}L${end},${y(0)}Z`}
      />
      <text className={styles.label} x={layout.left - 6} y={SUN - 4} textAnchor="end">
        {words.sun}
      </text>
    </>
  );
}
