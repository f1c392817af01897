import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemTold } from '../../../api/problem';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { isStaff, meQuery } from '../../../queries/me';
import type { OperationPoint } from '../../../queries/points';
import { addParticipant } from '../../../queries/setUp';
import { dayAt } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { memberIn, pointIn, prmIn } from '../../../words/participants';
import { useChanged } from '../close/changed';
import { NewPoint } from '../NewPoint';
import { NewMember } from './NewMember';
import type { OfSetUp } from './ofSetUp';

const NEW = '';
type Direction = OperationPoint['direction'];

/** A member, new or not, with a point; empty again once it is enrolled. */
export function NewParticipant({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const [enrolled, setEnrolled] = useState('');
  const [count, setCount] = useState(0);
  return (
    <>
      <Form
        key={count}
        operation={operation}
        setUp={setUp}
        onEnrolled={(name) => {
          setEnrolled(name);
          setCount(count + 1);
        }}
      />
      <Said>{enrolled && words.added(enrolled)}</Said>
    </>
  );
}

interface FormProps extends OfSetUp {
  onEnrolled: (name: string) => void;
}

function Form({ operation, setUp, onEnrolled }: FormProps) {
  const words = useWords(setUpFormWords);
  const { data: me } = useQuery(meQuery);
  const today = dayAt(new Date());
  const hasPlant = setUp.points.some((point) => point.direction === 'production');
  const [direction, setDirection] = useState<Direction>(hasPlant ? 'consumption' : 'production');
  const [chosen, choose] = useState(NEW);
  // The same in each try: what was recorded by the one before is not recorded twice.
  const [newId] = useState(() => crypto.randomUUID());
  const members = new Map(setUp.points.map((point) => [point.member_id, point.member_name]));
  const mayBePast = me ? isStaff(me) : false;
  const earliest = setUp.operation.valid_from;
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) => {
      const validFrom = textIn(form, 'valid_from') ?? '';
      // Asked here: refused by the platform, the member would be there, and take part in nothing.
      if (chosen === NEW && validFrom < today && !mayBePast) throw FOR_STAFF;
      return addParticipant(operation, {
        member: chosen === NEW ? memberIn(form) : null,
        memberId: chosen || newId,
        prm: prmIn(form),
        point: pointIn(form, direction),
        direction,
        validFrom,
      });
    },
    onSuccess: async (_perimeter, form) => {
      await changed();
      onEnrolled(members.get(chosen) ?? textIn(form, 'name') ?? '');
    },
  });
  return (
    <SendForm attempt={attempt} submit={words.enrol} isWide onSend={attempt.mutate}>
      <ChoiceField
        name="direction"
        label={words.side}
        choices={words.sides}
        chosen={direction}
        onChange={setDirection}
      />
      {members.size > 0 && (
        <SelectField
          name="member"
          label={words.who}
          options={[[NEW, words.newMember], ...members]}
          value={chosen}
          onChange={choose}
        />
      )}
      {chosen === NEW && <NewMember isSeller={direction === 'production'} />}
      <NewPoint direction={direction} />
      <Field
        name="valid_from"
        type="date"
        label={words.from}
        help={words.fromHelp}
        defaultValue={mayBePast || earliest > today ? earliest : today}
      />
    </SendForm>
  );
}

const FOR_STAFF = problemTold({ type: '/problems/for-staff-to-record', status: 409 });
