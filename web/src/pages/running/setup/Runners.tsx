import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { runnerWords } from '../../../messages/running/runners';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import shared from '../../../parts/Together.module.css';
import {
  accessChanged,
  type Invitation,
  invite,
  sentInvitationsQuery,
  withdrawInvitation,
} from '../../../queries/access';
import { meQuery } from '../../../queries/me';
import { textIn } from '../../../words/forms';
import { dayOf } from '../../../words/instants';
import { type Language, useLanguage, useWords } from '../../../words/language';
import type { OfSetUp } from './ofSetUp';
import { RemovingRunner } from './RemovingRunner';

/** Who runs an operation, who is invited to, and a form to invite somebody. */
export function Runners({ operation, setUp }: OfSetUp) {
  const words = useWords(runnerWords);
  const { data: me } = useQuery(meQuery);
  const people = setUp.organisers.filter(({ is_staff }) => !is_staff);
  return (
    <>
      <Card title={words.who}>
        {people.length === 0 ? (
          <p>{words.nobody}</p>
        ) : (
          <ul className={shared.list}>
            {people.map((account) => (
              <li key={account.id}>
                {account.email}
                {account.email === me?.email ? (
                  <span className={shared.weak}> {words.self}</span>
                ) : (
                  <RemovingRunner operation={operation} account={account} />
                )}
              </li>
            ))}
          </ul>
        )}
        <Invited operation={operation} />
      </Card>
      <Card title={words.invite}>
        <Inviting operation={operation} />
      </Card>
    </>
  );
}

/** Those who have not answered yet. */
function Invited({ operation }: { operation: string }) {
  const words = useWords(runnerWords);
  const { data: invitations = [] } = useQuery(sentInvitationsQuery);
  const waiting = invitations.filter(
    ({ state, operations, roles }) =>
      state === 'open' && roles.includes('organiser') && operations.includes(operation),
  );
  if (waiting.length === 0) return null;
  return (
    <>
      <h3 className={shared.part}>{words.invited}</h3>
      <ul className={shared.list}>
        {waiting.map((invitation) => (
          <li key={invitation.id}>
            <OneInvited invitation={invitation} />
          </li>
        ))}
      </ul>
    </>
  );
}

function OneInvited({ invitation: { id, email, expires_at } }: { invitation: Invitation }) {
  const words = useWords(runnerWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => withdrawInvitation(id),
    onSuccess: () => accessChanged(queries),
  });
  return (
    <>
      <div className={shared.line}>
        <span>
          {email} <span className={shared.weak}>{words.until(dayOf(expires_at, language))}</span>
        </span>
        <QuietButton
          name={words.withdrawOf(email)}
          onPress={() => !attempt.isPending && attempt.mutate()}
        >
          {words.withdraw}
        </QuietButton>
      </div>
      <Refusal error={attempt.error} />
    </>
  );
}

function Inviting({ operation }: { operation: string }) {
  const words = useWords(runnerWords);
  const [language, setLanguage] = useState<Language>('fr');
  const [sent, setSent] = useState(0);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (email: string) =>
      invite({
        email,
        role: 'organiser',
        operation_ids: [operation],
        member_id: null,
        language,
      }),
    onSuccess: () => {
      setSent((count) => count + 1);
      return accessChanged(queries);
    },
  });
  return (
    <>
      <SendForm
        // Anew once it is sent: the address is another one's then.
        key={sent}
        attempt={attempt}
        submit={words.send}
        isWide
        onSend={(form) => attempt.mutate(textIn(form, 'email') ?? '')}
      >
        <Field name="email" type="email" label={words.email} help={words.emailHelp} />
        <SelectField
          name="language"
          label={words.language}
          options={[
            ['fr', words.languages.fr],
            ['en', words.languages.en],
          ]}
          value={language}
          onChange={setLanguage}
        />
        <p>{words.effect}</p>
      </SendForm>
      <StepUp error={attempt.error} onDone={() => attempt.mutate(attempt.variables ?? '')} />
      <Said>{attempt.isSuccess && words.sent(attempt.data.email)}</Said>
    </>
  );
}
