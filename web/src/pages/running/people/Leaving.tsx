import { useMutation } from '@tanstack/react-query';
import { memberWords } from '../../../messages/running/members';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { leaveWith, type StepTaken } from '../../../queries/enrolments';
import type { OperationPoint } from '../../../queries/points';
import { dayAt } from '../../../words/dates';
import { entryDay, leavingDay } from '../../../words/enrolments';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { enrolmentOf } from '../../../words/people';
import { useChanged } from '../close/changed';
import type { OfPerson } from './OneMember';

interface LeavingProps extends OfPerson {
  stay: OperationPoint;
  onTaken: (taken: StepTaken) => void;
}

/** The end of a stay begins by a step; one that no enrolment leads is taken over first. */
export function Leaving({ operation, person, stay, onTaken }: LeavingProps) {
  const words = useWords(memberWords);
  const changed = useChanged(operation);
  const enrolment = enrolmentOf(stay, person.enrolments);
  const attempt = useMutation({
    mutationFn: (valid_to: string) =>
      leaveWith(operation, stay, enrolment, { day: dayAt(new Date()), valid_to }),
    onSuccess: onTaken,
    // Though it may not leave on that day, it may have been taken over.
    onSettled: changed,
  });
  // Who is on the way out has their steps above.
  if (enrolment && enrolment.phase !== 'active') return null;
  const leavesOn = enrolment && leavingDay(enrolment);
  return (
    <details>
      <summary>{words.leave}</summary>
      <SendForm
        attempt={attempt}
        submit={words.leaveGo}
        onSend={(form) => attempt.mutate(textIn(form, 'valid_to') ?? '')}
      >
        <p className={shared.weak}>{words.leaveHelp}</p>
        <Field
          name="valid_to"
          type="date"
          label={words.leavesOn}
          defaultValue={leavesOn ?? entryDay(dayAt(new Date()))}
        />
      </SendForm>
    </details>
  );
}
