import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { operationsWords } from '../messages/operations';
import { useLanguage, useWords } from '../words/language';
import { distance } from '../words/numbers';
import type { Place } from '../words/places';
import styles from './CircleMap.module.css';
import { type Around, frameOf, gridOf, isNear, metresOf, type Offset, offsetOf } from './perimeter';

const SIDE = 320;
const PIN = 'M0 0c-5-8-8-11-8-15a8 8 0 1 1 16 0c0 4-3 7-8 15z';

interface CircleMapProps {
  around: Around;
  /** Of who looks, if they have told it. */
  place: Place | null;
}

/** Where an operation is, as coarsely as it is told: a circle on squares of a known length. */
export function CircleMap({ around, place }: CircleMapProps) {
  const words = useWords(operationsWords);
  const language = useLanguage();
  const description = useId();
  const offset = place && offsetOf(place, around.centre);
  const frame = frameOf(around, offset);
  const x = scaleLinear([-frame.half_m, frame.half_m], [0, SIDE]);
  const cell = distance(frame.cell_m, language);
  const picture = words.picture(distance(around.radius_m, language), cell);
  return (
    <svg
      className={styles.map}
      viewBox={`0 0 ${SIDE} ${SIDE + 28}`}
      role="img"
      aria-label={words.where}
      aria-describedby={description}
    >
      <desc id={description}>
        {offset ? `${picture} ${words.you(distance(metresOf(offset), language))}` : picture}
      </desc>
      <rect className={styles.ground} width={SIDE} height={SIDE} rx={8} />
      {gridOf(frame).map((line) => (
        <g key={line} className={styles.grid}>
          <line x1={x(line)} x2={x(line)} y1={0} y2={SIDE} />
          <line y1={x(line)} y2={x(line)} x1={0} x2={SIDE} />
        </g>
      ))}
      <circle className={styles.circle} cx={x(0)} cy={x(0)} r={x(around.radius_m) - x(0)} />
      <path className={styles.centre} d={`M${x(0) - 5} ${x(0)}h10M${x(0)} ${x(0) - 5}v10`} />
      <path className={styles.north} d={`M${SIDE - 8} ${SIDE + 8}l5 14-5-4-5 4z`} />
      <text className={styles.label} x={SIDE - 18} y={SIDE + 21} textAnchor="end">
        {words.north}
      </text>
      {offset && (
        <You
          offset={offset}
          x={x}
          edge_m={isNear(offset, around.radius_m) ? null : frame.half_m * 0.8}
        />
      )}
      <path className={styles.bar} d={`M1 ${SIDE + 12}v8h${x(frame.cell_m) - x(0)}v-8`} />
      <text className={styles.label} x={x(frame.cell_m) - x(0) + 10} y={SIDE + 21}>
        {words.cell(cell)}
      </text>
    </svg>
  );
}

interface YouProps {
  offset: Offset;
  x: (metres: number) => number;
  /** In the direction of what is beyond the picture: as far as this. */
  edge_m: number | null;
}

function You({ offset, x, edge_m }: YouProps) {
  const words = useWords(operationsWords);
  const shrunk = edge_m === null ? 1 : edge_m / metresOf(offset);
  const [left, top] = [x(offset.east_m * shrunk), x(-offset.north_m * shrunk)];
  const isRight = left > SIDE / 2;
  return (
    <>
      <line className={styles.way} x1={x(0)} y1={x(0)} x2={left} y2={top} />
      <path className={styles.pin} d={PIN} transform={`translate(${left} ${top})`} />
      <text
        className={styles.you}
        x={left + (isRight ? -12 : 12)}
        y={top - 10}
        textAnchor={isRight ? 'end' : 'start'}
      >
        {edge_m === null ? words.youHere : words.youAway}
      </text>
    </>
  );
}
