import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { staffRequestWords } from '../../../messages/staff/request';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { type Account, accountsQuery, staffOf } from '../../../queries/accounts';
import { followUp, type StaffRequest } from '../../../queries/requestDesk';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useRequestChanged } from './changed';

/** Who of the staff looks after a request, and on which day it is to be taken up again. */
export function FollowUp({ request }: { request: StaffRequest }) {
  const words = useWords(staffRequestWords);
  const query = useQuery(accountsQuery);
  return (
    <Card title={words.followUp}>
      <Answer query={query}>
        {(accounts) => <Following request={request} staff={staffOf(accounts)} />}
      </Answer>
    </Card>
  );
}

const NOBODY = '';

function Following({ request, staff }: { request: StaffRequest; staff: Account[] }) {
  const words = useWords(staffRequestWords);
  const onSuccess = useRequestChanged();
  const [assignedTo, assign] = useState(request.assigned_to ?? NOBODY);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      followUp(request.id, {
        assigned_to: assignedTo || null,
        next_action_on: textIn(form, 'next_action_on'),
        study_id: request.study_id,
      }),
    onSuccess,
  });
  return (
    <SendForm attempt={attempt} submit={words.save} onSend={attempt.mutate}>
      <SelectField
        name="assigned_to"
        label={words.assignedTo}
        options={[[NOBODY, words.nobody], ...staff.map(({ id, email }) => [id, email] as const)]}
        value={assignedTo}
        onChange={assign}
      />
      <Field
        name="next_action_on"
        type="date"
        label={words.nextOn}
        defaultValue={request.next_action_on ?? ''}
        isOptional
      />
      <Said>{attempt.isSuccess && words.saved}</Said>
    </SendForm>
  );
}
