import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { mapWords } from '../messages/running/map';
import { useLanguage, useWords } from '../words/language';
import { distance } from '../words/numbers';
import map from './CircleMap.module.css';
import styles from './PointsMap.module.css';
import { gridOf } from './perimeter';
import type { Mark, PointsPicture } from './pointsMap';

const SIDE = 480;
/** More numbers would stand on each other. */
const NUMBERED = 40;

interface PointsMapProps {
  picture: PointsPicture;
  /** Between the two points that are farthest apart. */
  longest_m: number | null;
  /** What is seen, for who listens. */
  sentence: string;
}

/** Points on squares of a known length, the limit around them, the longest way between two. */
export function PointsMap({ picture, longest_m, sentence }: PointsMapProps) {
  const words = useWords(mapWords);
  const language = useLanguage();
  const description = useId();
  const { frame, marks, longest, limitRadius_m } = picture;
  const x = scaleLinear([-frame.half_m, frame.half_m], [0, SIDE]);
  const cell = x(frame.cell_m) - x(0);
  return (
    <svg
      className={`${map.map} ${styles.map}`}
      viewBox={`0 0 ${SIDE} ${SIDE + 28}`}
      role="img"
      aria-label={words.picture}
      aria-describedby={description}
    >
      <desc id={description}>{sentence}</desc>
      <rect className={map.ground} width={SIDE} height={SIDE} rx={8} />
      {gridOf(frame).map((line) => (
        <g key={line} className={map.grid}>
          <line x1={x(line)} x2={x(line)} y1={0} y2={SIDE} />
          <line y1={x(line)} y2={x(line)} x1={0} x2={SIDE} />
        </g>
      ))}
      {limitRadius_m !== null && (
        <circle className={styles.limit} cx={x(0)} cy={x(0)} r={x(limitRadius_m) - x(0)} />
      )}
      {longest && <Longest ends={longest} x={x} />}
      {marks.map((mark) => (
        <Dot key={mark.prm} mark={mark} x={x} isNumbered={marks.length <= NUMBERED} />
      ))}
      {longest && longest_m !== null && (
        // Half way to one of its ends: in the middle of a village there are points.
        <text
          className={map.you}
          x={x(longest[0].east_m / 2)}
          y={x(-longest[0].north_m / 2)}
          dy={5}
          textAnchor="middle"
        >
          {distance(longest_m, language)}
        </text>
      )}
      <path className={map.north} d={`M${SIDE - 8} ${SIDE + 8}l5 14-5-4-5 4z`} />
      <text className={map.label} x={SIDE - 18} y={SIDE + 21} textAnchor="end">
        {words.north}
      </text>
      <path className={map.bar} d={`M1 ${SIDE + 12}v8h${cell}v-8`} />
      <text className={map.label} x={cell + 10} y={SIDE + 21}>
        {words.cell(distance(frame.cell_m, language))}
      </text>
    </svg>
  );
}

type Scale = (metres: number) => number;

function Longest({ ends: [one, other], x }: { ends: readonly [Mark, Mark]; x: Scale }) {
  return (
    <line
      className={styles.longest}
      x1={x(one.east_m)}
      y1={x(-one.north_m)}
      x2={x(other.east_m)}
      y2={x(-other.north_m)}
    />
  );
}

/** Plants are squares, and of another colour. */
function Dot({ mark, x, isNumbered }: { mark: Mark; x: Scale; isNumbered: boolean }) {
  const [left, top] = [x(mark.east_m), x(-mark.north_m)];
  return (
    <>
      {mark.isPlant ? (
        <rect className={styles.plant} x={left - 6} y={top - 6} width={12} height={12} />
      ) : (
        <circle className={styles.consumer} cx={left} cy={top} r={5} />
      )}
      {isNumbered && (
        <text className={styles.number} x={left + 8} y={top - 5}>
          {mark.number}
        </text>
      )}
    </>
  );
}
