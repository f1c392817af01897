import type { ReactNode } from 'react';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import styles from './Ticked.module.css';

interface TickedProps {
  attempt: { error: Error | null; isPending: boolean };
  onSend: (form: FormData) => void;
  /** That one has thought of it. */
  tick: string;
  submit: string;
  /** What it does, and to whom; and what is to be filled in. */
  children: ReactNode;
}

/** What cannot be taken back: summed up above its button, which wants a tick first. */
export function Ticked({ attempt, onSend, tick, submit, children }: TickedProps) {
  return (
    <SendForm attempt={attempt} onSend={onSend} submit={submit} isWide>
      <div className={styles.told}>{children}</div>
      <TickField name="sure" label={tick} isRequired />
    </SendForm>
  );
}
