import type { ReactNode } from 'react';
import styles from './Filters.module.css';

interface FiltersProps {
  /** What is chosen among, for who listens. */
  label: string;
  /** A link for each choice, by what it is called. */
  children: readonly (readonly [string, ReactNode])[];
}

/** Choices that narrow a list, each an address of its own. */
export function Filters({ label, children }: FiltersProps) {
  return (
    <nav aria-label={label}>
      <ul className={styles.filters}>
        {children.map(([name, link]) => (
          <li key={name}>{link}</li>
        ))}
      </ul>
    </nav>
  );
}
