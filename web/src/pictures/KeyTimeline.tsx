import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { useIsPhone } from '../parts/screen';
import styles from './KeyTimeline.module.css';

interface KeyTimelineProps {
  /** From top to bottom; days as `2026-10-01`, the end is the first day after it. */
  keys: readonly {
    id: string;
    label: string;
    from: string;
    to: string | null;
    look: 'current' | 'coming' | 'draft' | 'past';
  }[];
  today: string;
  todayWord: string;
  name: string;
  sentence: string;
}

/** In the picture's own units, which are about a pixel. */
const WIDE = 640;
const PHONE = 340;
const ROW = 40;
const BAR = 14;
const TOP = 20;
const AXIS = 22;
const LETTER = 7;
/** Around what has dates, so that what goes on is seen to. */
const MARGIN_DAYS = 60;
const DAY_MS = 24 * 60 * 60_000;

/** A bar for each key over the days on which it holds, and the line of today. */
export function KeyTimeline({ keys, today, todayWord, name, sentence }: KeyTimelineProps) {
  const description = useId();
  const width = useIsPhone() ? PHONE : WIDE;
  const dated = keys.flatMap(({ from, to }) => [from, to ?? from]).concat(today);
  const days = dated.map(dayNumber);
  const [first, last] = [Math.min(...days) - MARGIN_DAYS, Math.max(...days) + 2 * MARGIN_DAYS];
  const x = scaleLinear([first, last], [0, width]);
  const height = TOP + keys.length * ROW;
  const now = x(dayNumber(today));
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${width} ${height + AXIS}`}
      role="img"
      aria-label={name}
      aria-describedby={description}
    >
      <desc id={description}>{sentence}</desc>
      {yearsIn(first, last).map((year) => (
        <g key={year}>
          <line
            className={styles.year}
            x1={x(january(year))}
            x2={x(january(year))}
            y1={TOP}
            y2={height}
          />
          <text className={styles.label} x={x(january(year)) + 3} y={height + 15}>
            {year}
          </text>
        </g>
      ))}
      {keys.map(({ id, label, from, to, look }, row) => {
        const [start, end] = [x(dayNumber(from)), to ? x(dayNumber(to)) : width];
        const top = TOP + row * ROW;
        const isLong = start + label.length * LETTER > width;
        return (
          <g key={id}>
            <text
              className={styles.label}
              x={isLong ? width : start}
              y={top + 12}
              textAnchor={isLong ? 'end' : 'start'}
            >
              {label}
            </text>
            <rect
              className={styles[look]}
              x={start}
              y={top + 18}
              width={Math.max(2, end - start)}
              height={BAR}
              rx={3}
            />
          </g>
        );
      })}
      <line className={styles.today} x1={now} x2={now} y1={TOP - 4} y2={height} />
      <text className={styles.label} x={now} y={12} textAnchor={now > width / 2 ? 'end' : 'start'}>
        {todayWord}
      </text>
    </svg>
  );
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T12:00:00Z`) / DAY_MS;
}

function january(year: number): number {
  return dayNumber(`${year}-01-01`);
}

function yearsIn(first: number, last: number): number[] {
  const [from, to] = [first, last].map((day) => new Date(day * DAY_MS).getUTCFullYear());
  const years = Array.from({ length: (to ?? 0) - (from ?? 0) + 1 }, (_, i) => (from ?? 0) + i);
  return years.filter((year) => january(year) >= first);
}
