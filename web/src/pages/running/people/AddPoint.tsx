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
import { digitsIn, PRM_FORM, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfPerson } from './OneMember';

const UNKNOWN = { subscribed_power_va: null, installed_power_w: null, production_kind: null };

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
      const prm = digitsIn(form, 'prm') ?? '';
      // One that is there already keeps what is recorded of it.
      const points = await queries.ensureQueryData(operationPointsQuery(operation));
      if (!points.some((one) => one.prm === prm)) {
        await savePoint(prm, { ...UNKNOWN, label: textIn(form, 'label') ?? '' });
      }
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
          <Field
            name="prm"
            type="text"
            inputMode="numeric"
            pattern={PRM_FORM}
            label={words.prm}
            help={words.prmHelp}
          />
          <Field name="label" type="text" maxLength={100} label={words.label} />
          <ChoiceField
            name="direction"
            label={words.side}
            choices={sides}
            chosen={direction}
            onChange={setDirection}
          />
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
