import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { useIsPhone } from '../parts/screen';
import type { Reading } from '../queries/explanations';
import { clockTime } from '../words/dates';
import { useLanguage } from '../words/language';
import { decimal, WMIN_PER_KWH, WMIN_PER_WH } from '../words/numbers';
import styles from './DayBands.module.css';

const HEIGHT = 240;
const TOP = 16;
const BOTTOM = 20;
/** Of the whole width, at the left of the first column; the slider of the page stands below. */
const LEFT = 0.1;
const HOURS = ['00:00', '06:00', '12:00', '18:00'];

/** A step of a local day: what was consumed or made in it. */
export interface Band {
  start: string;
  /** On the clock in Paris. */
  local_time: string;
  reading: Reading;
  wholeWmin: number;
  /** What of it was local, or shared; null: it is not told apart. */
  localWmin: number | null;
  /** What all plants made; null: it is not told. */
  sunWmin: number | null;
}

interface DayBandsProps {
  bands: readonly Band[];
  chosen: number;
  onChoose: (step: number) => void;
  name: string;
  sentence: string;
}

/** A day, a column for each step: orange what was local, blue the rest, behind them the sun. */
export function DayBands({ bands, chosen, onChoose, name, sentence }: DayBandsProps) {
  const description = useId();
  const whole = useIsPhone() ? 400 : 720;
  const x = scaleLinear([0, bands.length], [LEFT * whole, whole]);
  const most = Math.max(60, ...bands.map(({ wholeWmin }) => wholeWmin));
  const y = scaleLinear([0, most], [HEIGHT - BOTTOM, TOP]);
  const width = x(1) - x(0);
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${whole} ${HEIGHT}`}
      role="img"
      aria-label={name}
      aria-describedby={description}
    >
      <desc id={description}>{sentence}</desc>
      <rect
        className={styles.chosen}
        x={x(chosen)}
        width={width}
        y={TOP}
        height={HEIGHT - BOTTOM - TOP}
      />
      <Sun bands={bands} x={x} />
      <Scale most={most} y={y} whole={whole} />
      {bands.map((band, place) => (
        <Column key={band.start} band={band} x={x(place) + 1} width={width - 2} y={y} />
      ))}
      <Clock bands={bands} x={x} />
      {/* Beside the slider, which does the same by keyboard. */}
      {bands.map((band, place) => (
        <rect
          key={band.start}
          className={styles.target}
          x={x(place)}
          width={width}
          y={0}
          height={HEIGHT}
          onPointerDown={() => onChoose(place)}
        />
      ))}
    </svg>
  );
}

interface ColumnProps {
  band: Band;
  x: number;
  width: number;
  y: (wmin: number) => number;
}

function Column({ band, x, width, y }: ColumnProps) {
  const [local, whole] = [y(band.localWmin ?? 0), y(band.wholeWmin)];
  const rest = band.localWmin === null ? styles.unshared : styles.grid;
  return (
    <>
      <rect className={styles.local} x={x} width={width} y={local} height={y(0) - local} />
      <rect className={rest} x={x} width={width} y={whole} height={local - whole} />
      {band.reading !== 'metered' && (
        <rect className={styles.estimated} x={x} width={width} y={whole} height={y(0) - whole} />
      )}
    </>
  );
}

/** The shape of the production, on a scale of its own: it is many times what one consumes. */
function Sun({ bands, x }: { bands: readonly Band[]; x: (place: number) => number }) {
  const most = Math.max(...bands.map(({ sunWmin }) => sunWmin ?? 0));
  if (most === 0) return null;
  const y = scaleLinear([0, most], [HEIGHT - BOTTOM, TOP]);
  const points = bands.map(({ sunWmin }, place) => `L${x(place + 0.5)},${y(sunWmin ?? 0)}`);
  return (
    <path
      className={styles.sun}
      d={`M${x(0)},${y(0)}${points.join('')}L${x(bands.length)},${y(0)}Z`}
    />
  );
}

interface ScaleProps {
  most: number;
  y: (wmin: number) => number;
  whole: number;
}

function Scale({ most, y, whole }: ScaleProps) {
  const language = useLanguage();
  // A small home's day would be all zeros and tenths in kWh.
  const isSmall = most < WMIN_PER_KWH / 2;
  const unitWmin = isSmall ? WMIN_PER_WH : WMIN_PER_KWH;
  const ticks = scaleLinear([0, most / unitWmin], [0, 1]).ticks(3);
  const decimals = ticks.every(Number.isInteger) ? 0 : 1;
  return (
    <>
      <text className={styles.label} x={0} y={10}>
        {isSmall ? 'Wh' : 'kWh'}
      </text>
      {ticks.map((tick) => {
        const height = y(tick * unitWmin);
        return (
          <g key={tick}>
            <line className={styles.line} x1={LEFT * whole} x2={whole} y1={height} y2={height} />
            <text className={styles.label} x={LEFT * whole - 4} y={height + 4} textAnchor="end">
              {decimal(tick, decimals, language)}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Clock({ bands, x }: { bands: readonly Band[]; x: (place: number) => number }) {
  const language = useLanguage();
  const end = (
    <text key="end" className={styles.label} x={x(bands.length)} y={HEIGHT - 4} textAnchor="end">
      {clockTime('24:00', language)}
    </text>
  );
  const starts = HOURS.map((hour) => {
    const place = bands.findIndex(({ local_time }) => local_time.startsWith(hour));
    return (
      place >= 0 && (
        <text key={hour} className={styles.label} x={x(place)} y={HEIGHT - 4}>
          {clockTime(hour, language)}
        </text>
      )
    );
  });
  return [...starts, end];
}
