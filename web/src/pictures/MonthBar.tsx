import styles from './MonthBar.module.css';

interface MonthBarProps {
  usedWmin: number;
  localWmin: number;
  /** What the whole width stands for. */
  mostWmin: number;
}

/** A bar of a month, orange what was local; the figures stand beside it. */
export function MonthBar({ usedWmin, localWmin, mostWmin }: MonthBarProps) {
  const [local, used] = [(100 * localWmin) / mostWmin, (100 * usedWmin) / mostWmin];
  return (
    <svg className={styles.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.local} width={local} height={10} />
      <rect className={styles.grid} x={local} width={used - local} height={10} />
    </svg>
  );
}
