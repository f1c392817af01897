import styles from './TwoBars.module.css';

interface TwoBarsProps {
  beforeWmin: number;
  afterWmin: number;
  /** What the whole width stands for. */
  mostWmin: number;
}

/** Before, in grey, above after, in the colour of what is local; the figures stand beside it. */
export function TwoBars({ beforeWmin, afterWmin, mostWmin }: TwoBarsProps) {
  return (
    <svg className={styles.bars} viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.before} y={1} width={(100 * beforeWmin) / mostWmin} height={8} />
      <rect className={styles.after} y={11} width={(100 * afterWmin) / mostWmin} height={8} />
    </svg>
  );
}
