import styles from './MonthBar.module.css';

interface MonthBarProps {
  usedWmin: number;
  /** null: it is not told apart. */
  localWmin: number | null;
  /** What the whole width stands for. */
  mostWmin: number;
}

/** A bar of a month or a day, orange what was local or shared; the figures stand beside it. */
export function MonthBar({ usedWmin, localWmin, mostWmin }: MonthBarProps) {
  const [local, used] = [(100 * (localWmin ?? 0)) / mostWmin, (100 * usedWmin) / mostWmin];
  const rest = localWmin === null ? styles.unshared : styles.grid;
  return (
    <svg className={styles.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.local} width={local} height={10} />
      <rect className={rest} x={local} width={used - local} height={10} />
    </svg>
  );
}
