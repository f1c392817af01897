import type { ReactNode } from 'react';
import styles from './Beside.module.css';

/** The ways to what comes before and after, beside a heading. */
export function Beside({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.beside} aria-label={label}>
      {children}
    </nav>
  );
}
