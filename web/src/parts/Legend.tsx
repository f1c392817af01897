import type { ReactNode } from 'react';
import styles from './Legend.module.css';

interface ColouredProps {
  colour: 'local' | 'grid' | 'unshared' | 'estimated' | 'missing';
  children: string;
}

/** A word for what has a colour in a picture, after a bit of that colour. */
export function Coloured({ colour, children }: ColouredProps) {
  return <span className={`${styles.coloured} ${styles[colour]}`}>{children}</span>;
}

/** What is in a picture, a line for each. */
export function Legend({ children }: { children: ReactNode }) {
  return <ul className={styles.legend}>{children}</ul>;
}
