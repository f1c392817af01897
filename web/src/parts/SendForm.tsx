import type { ReactNode } from 'react';
import { Button, Form } from 'react-aria-components';
import { Problem } from '../api/problem';
import { fieldWords } from '../messages/field';
import { useWords } from '../words/language';
import styles from './Field.module.css';
import { Refusal } from './Refusal';

interface SendFormProps {
  /** The mutation that sends it. */
  attempt: { error: Error | null; isPending: boolean };
  onSend: (form: FormData) => void;
  submit: string;
  /** For more than a few short fields. */
  isWide?: boolean;
  children?: ReactNode;
}

/** A form that is sent once at a time, says why it was refused, and marks the fields to mend. */
export function SendForm({ attempt, onSend, submit, isWide = false, children }: SendFormProps) {
  const words = useWords(fieldWords);
  const { error } = attempt;
  const wrong = error instanceof Problem ? error.wrongFields : [];
  return (
    <Form
      className={`${styles.form} ${isWide ? styles.wide : ''}`}
      validationErrors={Object.fromEntries(wrong.map((name) => [name, words.unlike]))}
      onSubmit={(event) => {
        event.preventDefault();
        if (!attempt.isPending) onSend(new FormData(event.currentTarget));
      }}
    >
      {children}
      <Refusal error={error} />
      {/* Not RAC's `isPending`: what it announces by is an image without a name once this is gone. */}
      <Button
        className={`${styles.submit} ${attempt.isPending ? styles.pending : ''}`}
        type="submit"
      >
        {submit}
      </Button>
    </Form>
  );
}
