import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { useIsPhone } from '../parts/screen';
import { sum } from '../words/numbers';
import styles from './BillBars.module.css';

interface Bar {
  name: string;
  /** In words, what it adds up to. */
  total: string;
  parts: readonly { kind: 'local' | 'grid'; name: string; value: number }[];
}

interface BillBarsProps {
  bars: readonly Bar[];
  name: string;
  sentence: string;
}

/** In the picture's own units, which are about a pixel. */
const WIDE = 480;
const PHONE = 340;
const ROW = 62;
const BAR = 26;

/** Sums one below the other, from one zero on, each with what it is made of. */
export function BillBars({ bars, name, sentence }: BillBarsProps) {
  const description = useId();
  const width = useIsPhone() ? PHONE : WIDE;
  const totals = bars.map(({ parts }) => sum(parts.map(({ value }) => value)));
  const length = scaleLinear([0, Math.max(1, ...totals)], [0, width]);
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${width} ${bars.length * ROW}`}
      role="img"
      aria-label={name}
      aria-describedby={description}
    >
      <desc id={description}>{sentence}</desc>
      {bars.map((bar, row) => {
        let from = 0;
        return (
          <g key={bar.name} transform={`translate(0 ${row * ROW})`}>
            <text className={styles.name} x={0} y={18}>
              {bar.name}
            </text>
            <text className={styles.total} x={width} y={18} textAnchor="end">
              {bar.total}
            </text>
            {bar.parts.map((part) => {
              const x = from;
              from += length(part.value);
              return (
                <rect
                  key={part.name}
                  className={styles[part.kind]}
                  x={x}
                  y={26}
                  width={Math.max(0, length(part.value) - 1)}
                  height={BAR}
                />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
