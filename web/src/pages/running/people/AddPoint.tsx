import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { memberWords } from '../../../messages/running/members';
import { peopleWords } from '../../../messages/running/people';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { recordEnrolment } from '../../../queries/enrolments';
import { operationPointsQuery, savePoint } from '../../../queries/points';
import { dayAt } from '../../../words/dates';
import { entryDay } from '../../../words/enrolments';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { filledIn, pointIn, prmIn } from '../../../words/participants';
import { useChanged } from '../close/changed';
import { NewPoint } from '../NewPoint';
import type { OfPerson } from './OneMember';

/** Another point of somebody: it is recorded, and begins its way in. */
export function AddPoint({ operation, person }: OfPerson) {
  const words = useWords(memberWords);
  const { sides } = useWords(peopleWords);
  const [direction, setDirection] = useState<'consumption' | 'production'>('consumption');
  const [added, setAdded] = useState(0);
  const queries = useQueryClient();
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      const prm = prmIn(form);
      const points = await queries.ensureQueryData(operationPointsQuery(operation));
      const recorded = points.find((one) => one.prm === prm);
      await savePoint(prm, filledIn(recorded, pointIn(form, direction)));
      const valid_from = textIn(form, 'valid_from') ?? '';
      return recordEnrolment(operation, { prm, direction, member_id: person.id, valid_from });
    },
    onSuccess: () => {
      setAdded((count) => count + 1);
      return changed();
    },
  });
  return (
    <>
      <Said>{attempt.isSuccess && words.added}</Said>
      <details key={added}>
        <summary>{words.add}</summary>
        <SendForm attempt={attempt} submit={words.addGo} isWide onSend={attempt.mutate}>
          <p className={shared.weak}>{words.addHelp}</p>
          <ChoiceField
            name="direction"
            label={words.side}
            choices={sides}
            chosen={direction}
            onChange={setDirection}
          />
          <NewPoint direction={direction} />
          <Field
            name="valid_from"
            type="date"
            label={words.start}
            defaultValue={entryDay(dayAt(new Date()))}
          />
        </SendForm>
      </details>
    </>
  );
}
