import type { ReactNode } from 'react';
import { shellWords } from '../messages/shell';
import { useWords } from '../words/language';
import styles from './Why.module.css';

/** Beside a number: what it means and how it is made, for who asks. */
export function Why({ title, children }: { title?: string; children: ReactNode }) {
  const words = useWords(shellWords);
  return (
    <details className={styles.why}>
      <summary>{title ?? words.why}</summary>
      {children}
    </details>
  );
}
