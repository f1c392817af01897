import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { useIsPhone } from '../parts/screen';
import styles from './Columns.module.css';

interface ColumnsProps {
  /** From left to right; null: not known, or none. */
  values: readonly (number | null)[];
  /** Under the bar of so manieth place. */
  ticks: readonly { place: number; label: string }[];
  /** The height of the highest bar, in words. */
  top: string;
  /** The bar that is spoken of. */
  marked?: number;
  name: string;
  sentence: string;
}

/** In the picture's own units, which are about a pixel. */
const WIDE = 480;
const PHONE = 340;
const HEIGHT = 120;
const TOP = 16;
const AXIS = 18;

/** One row of bars from zero on, for what goes with the clock or with the days of a month. */
export function Columns({ values, ticks, top, marked, name, sentence }: ColumnsProps) {
  const description = useId();
  const width = useIsPhone() ? PHONE : WIDE;
  const most = Math.max(0, ...values.map((value) => value ?? 0)) || 1;
  const height = scaleLinear([0, most], [0, HEIGHT]);
  const step = width / values.length;
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${width} ${TOP + HEIGHT + AXIS}`}
      role="img"
      aria-label={name}
      aria-describedby={description}
    >
      <desc id={description}>{sentence}</desc>
      <line className={styles.line} x1={0} x2={width} y1={TOP} y2={TOP} />
      <text className={styles.label} x={0} y={TOP - 4}>
        {top}
      </text>
      {values.map((value, place) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          key={place}
          className={place === marked ? styles.marked : styles.bar}
          x={place * step + step * 0.08}
          width={step * 0.84}
          y={TOP + HEIGHT - height(value ?? 0)}
          height={height(value ?? 0)}
        />
      ))}
      <line className={styles.axis} x1={0} x2={width} y1={TOP + HEIGHT} y2={TOP + HEIGHT} />
      {ticks.map(({ place, label }) => (
        <text
          key={label}
          className={styles.label}
          x={place * step}
          y={TOP + HEIGHT + AXIS - 4}
          textAnchor={anchorOf(place, values.length)}
        >
          {label}
        </text>
      ))}
    </svg>
  );
}

function anchorOf(place: number, places: number): 'start' | 'middle' | 'end' {
  if (place === 0) return 'start';
  return place >= places ? 'end' : 'middle';
}
