import type { ReactNode } from 'react';
import styles from './Hidden.module.css';

/** For who listens; who sees has it from what is around. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>;
}
