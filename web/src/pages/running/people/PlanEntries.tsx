import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { importWords } from '../../../messages/running/imports';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { type NewEnrolment, recordEnrolments } from '../../../queries/enrolments';
import { dayAt } from '../../../words/dates';
import { entryDay } from '../../../words/enrolments';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

interface PlanEntriesProps {
  operation: string;
  /** Points that were imported and are on no way in yet. */
  entries: readonly Omit<NewEnrolment, 'valid_from'>[];
}

/** After an import: the points that do not take part yet begin their way in, all at once. */
export function PlanEntries({ operation, entries }: PlanEntriesProps) {
  const words = useWords(importWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (valid_from: string) =>
      recordEnrolments(
        operation,
        entries.map((entry) => ({ ...entry, valid_from })),
      ),
    onSettled: changed,
  });
  return (
    <Card title={words.planTitle}>
      {attempt.isSuccess ? (
        <>
          <Said>{words.planned(entries.length)}</Said>
          <Link className={shared.more} to="/o/$operation/people" params={{ operation }}>
            {words.toBoard}
          </Link>
        </>
      ) : (
        <SendForm
          attempt={attempt}
          submit={words.plan}
          isWide
          onSend={(form) => attempt.mutate(textIn(form, 'valid_from') ?? '')}
        >
          <p>{words.planHelp(entries.length)}</p>
          <Field
            name="valid_from"
            type="date"
            label={words.start}
            defaultValue={entryDay(dayAt(new Date()))}
          />
        </SendForm>
      )}
    </Card>
  );
}
