import styles from './QuorumBar.module.css';

interface QuorumBarProps {
  voted: number;
  all: number;
  needed: number | null;
}

const WIDTH = 100;

/** How many of all have voted, with a mark where the quorum is; the words beside say the same. */
export function QuorumBar({ voted, all, needed }: QuorumBarProps) {
  const at = (number: number) => (all > 0 ? Math.min(WIDTH, (WIDTH * number) / all) : 0);
  return (
    <svg
      className={styles.bar}
      viewBox={`0 0 ${WIDTH} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className={styles.all} y="2" width={WIDTH} height="6" />
      <rect className={styles.voted} y="2" width={at(voted)} height="6" />
      {needed !== null && (
        <line className={styles.needed} x1={at(needed)} x2={at(needed)} y1="0" y2="10" />
      )}
    </svg>
  );
}
