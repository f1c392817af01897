import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { enrolmentStepWords } from '../../../messages/running/enrolmentSteps';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { type Enrolment, type Step, type StepTaken, takeStep } from '../../../queries/enrolments';
import { dayAt } from '../../../words/dates';
import { leavingDay, type OwnStep } from '../../../words/enrolments';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import styles from './Board.module.css';

interface StepFormProps {
  step: OwnStep;
  /** What unfolds it. */
  title: string;
  enrolment: Enrolment;
  onTaken: (taken: StepTaken) => void;
}

/** A step that can be taken, folded until somebody wants to take it. */
export function StepForm({ step, title, enrolment, onTaken }: StepFormProps) {
  const { steps, ...words } = useWords(enrolmentStepWords);
  const { submit, help, sure } = steps[step];
  const { operation_id: operation } = enrolment;
  const today = dayAt(new Date());
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) => takeStep(enrolment, stepIn(step, form, today)),
    onSuccess: async (taken) => {
      onTaken(taken);
      await changed();
    },
  });
  return (
    <details className={styles.step}>
      <summary>{title}</summary>
      <SendForm attempt={attempt} submit={submit} onSend={attempt.mutate}>
        <p className={shared.weak}>
          {help}{' '}
          {step === 'declare' && (
            <Link to="/o/$operation/people/declarations" params={{ operation }}>
              {words.toDeclarations}
            </Link>
          )}
        </p>
        {step === 'leave' && (
          <Field
            name="valid_to"
            type="date"
            label={words.leavesOn}
            help={words.leavesOnHelp}
            defaultValue={leavingDay(enrolment) ?? ''}
          />
        )}
        {step === 'withdraw' ? (
          <Field name="reason" type="text" maxLength={500} label={words.reason} />
        ) : (
          <Field name="day" type="date" label={words.day} defaultValue={today} />
        )}
        {sure && <TickField name="sure" label={sure} isRequired />}
      </SendForm>
    </details>
  );
}

function stepIn(step: OwnStep, form: FormData, today: string): Step {
  const day = textIn(form, 'day') ?? today;
  if (step === 'leave') return { step, day, valid_to: textIn(form, 'valid_to') ?? '' };
  if (step === 'withdraw') return { step, day, reason: textIn(form, 'reason') ?? '' };
  return { step, day };
}
