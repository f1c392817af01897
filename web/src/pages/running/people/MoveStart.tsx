import { useMutation } from '@tanstack/react-query';
import { enrolmentStepWords } from '../../../messages/running/enrolmentSteps';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { type Enrolment, recordEnrolment } from '../../../queries/enrolments';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import styles from './Board.module.css';

/** Another first day, as long as nobody has declared it. */
export function MoveStart({ enrolment }: { enrolment: Enrolment }) {
  const words = useWords(enrolmentStepWords);
  const { id, operation_id, prm, direction, member_id, valid_from } = enrolment;
  const changed = useChanged(operation_id);
  const attempt = useMutation({
    mutationFn: (start: string) =>
      recordEnrolment(operation_id, { prm, direction, member_id, valid_from: start }, id),
    onSuccess: changed,
  });
  return (
    <details key={valid_from} className={styles.step}>
      <summary>{words.moveStart}</summary>
      <SendForm
        attempt={attempt}
        submit={words.save}
        onSend={(form) => attempt.mutate(textIn(form, 'start') ?? '')}
      >
        <Field
          name="start"
          type="date"
          label={words.start}
          help={words.moveStartHelp}
          defaultValue={valid_from}
        />
      </SendForm>
    </details>
  );
}
