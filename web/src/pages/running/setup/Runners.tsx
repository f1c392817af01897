import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { runnerWords } from '../../../messages/running/runners';
import { Card } from '../../../parts/Card';
import { Inviting } from '../../../parts/Inviting';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import shared from '../../../parts/Together.module.css';
import {
  accessChanged,
  type Invitation,
  sentInvitationsQuery,
  withdrawInvitation,
} from '../../../queries/access';
import { meQuery } from '../../../queries/me';
import { dayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
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
        <Inviting as="organiser" operations={[operation]} effect={words.effect} />
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
