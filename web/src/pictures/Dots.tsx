import { useIsPhone } from '../parts/screen';
import styles from './Dots.module.css';

interface DotsProps {
  /** From 0 to 1; null: not known. */
  before: number | null;
  after: number | null;
  /** What the whole width stands for. */
  most: number;
}

/** In the picture's own units, which are about a pixel. */
const WIDE = 260;
const PHONE = 90;
const HEIGHT = 20;
const ROOM = 8;

/** Before, an empty circle, and after, a full dot, on one line; the figures stand beside it. */
export function Dots({ before, after, most }: DotsProps) {
  const width = useIsPhone() ? PHONE : WIDE;
  const x = (part: number) => ROOM + (part / most) * (width - 2 * ROOM);
  const middle = HEIGHT / 2;
  return (
    <svg className={styles.dots} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <line className={styles.line} x1={x(0)} x2={x(most)} y1={middle} y2={middle} />
      {before !== null && after !== null && (
        <line
          className={after < before ? styles.less : styles.more}
          x1={x(before)}
          x2={x(after)}
          y1={middle}
          y2={middle}
        />
      )}
      {before !== null && <circle className={styles.before} cx={x(before)} cy={middle} r={5} />}
      {after !== null && <circle className={styles.after} cx={x(after)} cy={middle} r={5} />}
    </svg>
  );
}
