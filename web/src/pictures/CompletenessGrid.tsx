import { useId } from 'react';
import { useIsPhone } from '../parts/screen';
import type { PointCompleteness } from '../queries/completeness';
import { isWeekend } from '../words/dates';
import type { Gap } from '../words/gaps';
import { shortened } from '../words/pointNames';
import styles from './CompletenessGrid.module.css';
import { GapCells } from './GapCells';

interface CompletenessGridProps {
  points: readonly PointCompleteness[];
  /** All days of the month, in order. */
  days: readonly string[];
  nameOf: (prm: string) => string;
  name: string;
  sentence: string;
  /** What can be chosen in it, and what is. */
  gaps: readonly Gap[];
  chosen: ReadonlySet<string>;
  onToggle: (gap: Gap) => void;
  nameOfGap: (gap: Gap) => string;
}

/** In the picture's own units, which are about a pixel. */
const WIDE = { left: 200, cell: 17, letters: 29 };
const PHONE = { left: 106, cell: 9, letters: 13 };
const ROW = 16;
const AXIS = 18;
const GAP = 1;
/** Room for the half of a number at the end. */
const END = 6;

/** Rows are points, columns days: each cell is filled as far as its day has come; gaps are chosen. */
export function CompletenessGrid(props: CompletenessGridProps) {
  const { points, days, nameOf, name, sentence, gaps, chosen, onToggle, nameOfGap } = props;
  const description = useId();
  const { left, cell, letters } = useIsPhone() ? PHONE : WIDE;
  const columns = new Map(days.map((day, place) => [day, left + place * cell]));
  const width = left + days.length * cell + END;
  const rows = new Map(
    points.map(({ prm, direction }, row) => [`${prm} ${direction}`, AXIS + row * ROW]),
  );
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${width} ${AXIS + points.length * ROW}`}
      role={gaps.length > 0 ? 'group' : 'img'}
      aria-label={name}
      aria-describedby={description}
    >
      <desc id={description}>{sentence}</desc>
      {days
        .filter((day) => Number(day.slice(8)) % 5 === 0 || day.endsWith('-01'))
        .map((day) => (
          <text
            key={day}
            className={isWeekend(day) ? styles.weekend : styles.label}
            x={(columns.get(day) ?? 0) + cell / 2}
            y={AXIS - 6}
            textAnchor="middle"
          >
            {Number(day.slice(8))}
          </text>
        ))}
      {points.map((point, row) => (
        <g key={`${point.prm} ${point.direction}`} transform={`translate(0 ${AXIS + row * ROW})`}>
          <text className={styles.label} x={0} y={ROW - 4}>
            {shortened(nameOf(point.prm), letters)}
          </text>
          {point.days.map((day) => (
            <Cell key={day.day} day={day} x={columns.get(day.day) ?? 0} width={cell - GAP} />
          ))}
        </g>
      ))}
      <GapCells
        gaps={gaps}
        chosen={chosen}
        onToggle={onToggle}
        nameOf={nameOfGap}
        placeOf={({ prm, direction, day }) => ({
          x: columns.get(day) ?? 0,
          y: rows.get(`${prm} ${direction}`) ?? 0,
        })}
        width={cell - GAP}
        height={ROW - GAP}
      />
    </svg>
  );
}

interface CellProps {
  day: PointCompleteness['days'][number];
  x: number;
  width: number;
}

/** From below: what was received, above it what was estimated; what is missing stays open. */
function Cell({ day, x, width }: CellProps) {
  const height = ROW - GAP;
  const estimated = day.estimated_by_dso + day.estimated_by_us;
  const part = (steps: number) => (steps / Math.max(day.expected, 1)) * height;
  const place = { x, width };
  return (
    <>
      {day.received > 0 && (
        <rect
          className={styles.received}
          {...place}
          y={height - part(day.received)}
          height={part(day.received)}
        />
      )}
      {estimated > 0 && (
        <rect
          className={styles.estimated}
          x={x + 0.5}
          width={width - 1}
          y={height - part(day.received + estimated) + 0.5}
          height={Math.max(part(estimated) - 1, 1)}
        />
      )}
      {day.missing > 0 && (
        <rect
          className={styles.missing}
          x={x + 0.5}
          width={width - 1}
          y={0.5}
          height={Math.max(part(day.missing) - 1, 2)}
        />
      )}
    </>
  );
}
