import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { erasureWords } from '../../../messages/staff/erasures';
import { Answer } from '../../../parts/Answer';
import { OnDemand } from '../../../parts/OnDemand';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { everyMemberQuery } from '../../../queries/capitalRegister';
import { erasuresChanged } from '../../../queries/erasures';
import { askForErasure } from '../../../queries/member';
import { useLanguage, useWords } from '../../../words/language';

/** Nobody is chosen before one has chosen. */
const NOBODY = '';

/** Note the wish of a member who wrote or called. */
export function NotingRequest() {
  const words = useWords(erasureWords);
  return (
    // Each look at all members is noted with each of them: not before it is wanted.
    <OnDemand summary={words.note}>
      <NoteForm />
    </OnDemand>
  );
}

function NoteForm() {
  const words = useWords(erasureWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const query = useQuery(everyMemberQuery);
  const [member, choose] = useState(NOBODY);
  const attempt = useMutation({
    mutationFn: () => askForErasure(member, language),
    onSuccess: async () => {
      choose(NOBODY);
      await erasuresChanged(queries);
    },
  });
  return (
    <Answer query={query}>
      {(members) => (
        <SendForm attempt={attempt} onSend={() => attempt.mutate()} submit={words.noteIt}>
          <p>{words.noteEffect}</p>
          <SelectField
            name="member_id"
            label={words.member}
            options={[
              [NOBODY, words.choose],
              ...members.map(({ id, name }) => [id, name] as const),
            ]}
            value={member}
            onChange={choose}
            isRequired
          />
          <Said>{attempt.isSuccess && words.noted}</Said>
        </SendForm>
      )}
    </Answer>
  );
}
