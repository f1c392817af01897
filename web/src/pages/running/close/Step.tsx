import type { ReactNode } from 'react';
import { Card } from '../../../parts/Card';
import type { StepName } from '../../../words/monthSteps';
import styles from './Close.module.css';

/** What the parts of the page are about. */
export interface OfMonth {
  operation: string;
  month: string;
}

interface StepProps {
  name: StepName;
  title: string;
  children: ReactNode;
}

/** A part of the page, which an address names by `#data`. */
export function Step({ name, title, children }: StepProps) {
  return (
    <div className={styles.step} id={name}>
      <Card title={title}>{children}</Card>
    </div>
  );
}
