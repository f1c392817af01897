import type { ReactNode } from 'react';
import styles from './Tiles.module.css';

interface TilesProps {
  /** What is chosen among, for who listens. */
  label: string;
  /** For names of several words. */
  isWide?: boolean;
  /** A link for each choice, by what it is called; what it has to tell is in elements of its own. */
  children: readonly (readonly [string, ReactNode])[];
}

/** Choices that narrow a list, each with its figures. */
export function Tiles({ label, isWide = false, children }: TilesProps) {
  return (
    <nav aria-label={label}>
      <ul className={`${styles.tiles} ${isWide ? styles.wide : ''}`}>
        {children.map(([name, link]) => (
          <li key={name}>{link}</li>
        ))}
      </ul>
    </nav>
  );
}
