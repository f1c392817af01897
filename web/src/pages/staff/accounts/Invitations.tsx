import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accountWords } from '../../../messages/staff/accounts';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import {
  accessChanged,
  type Invitation,
  sentInvitationsQuery,
  withdrawInvitation,
} from '../../../queries/access';
import { fullDayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { InvitingAnybody } from './InvitingAnybody';

/** Who was invited, and whom one invites. */
export function Invitations() {
  const words = useWords(accountWords);
  const query = useQuery(sentInvitationsQuery);
  return (
    <Card title={words.invitations}>
      <Answer query={query}>{(invitations) => <Sent invitations={invitations} />}</Answer>
      <details>
        <summary>{words.invite}</summary>
        <InvitingAnybody />
      </details>
    </Card>
  );
}

function Sent({ invitations }: { invitations: readonly Invitation[] }) {
  const words = useWords(accountWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: withdrawInvitation,
    onSuccess: () => accessChanged(queries),
  });
  const open = invitations.filter(({ state }) => state === 'open');
  const over = invitations.filter(({ state }) => state !== 'open');
  return (
    <>
      {open.length === 0 && <p>{words.noInvitation}</p>}
      <ul className={shared.list}>
        {open.map((invitation) => (
          <li key={invitation.id}>
            <div className={shared.line}>
              <Facts invitation={invitation} />
              <QuietButton
                name={words.withdrawOf(invitation.email)}
                onPress={() => !attempt.isPending && attempt.mutate(invitation.id)}
              >
                {words.withdraw}
              </QuietButton>
            </div>
          </li>
        ))}
      </ul>
      <Said>{attempt.isSuccess && words.withdrawn}</Said>
      <Refusal error={attempt.error} />
      {over.length > 0 && (
        <details>
          <summary>{words.olderInvitations(over.length)}</summary>
          <ul className={shared.list}>
            {over.map((invitation) => (
              <li key={invitation.id}>
                <div className={shared.line}>
                  <Facts invitation={invitation} />
                  <span className={chips.chip}>{words.states[invitation.state]}</span>
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Facts({ invitation }: { invitation: Invitation }) {
  const words = useWords(accountWords);
  const language = useLanguage();
  const { email, roles, operations, invited_at, expires_at, state } = invitation;
  const rights = [...roles.map((role) => words.roles[role]), ...operations].join(' ');
  return (
    <div>
      <strong className={shared.lines}>{email}</strong>
      <p className={shared.weak}>
        {words.invitedAs(rights, fullDayOf(invited_at, language))}
        {state === 'open' && ` · ${words.until(fullDayOf(expires_at, language))}`}
      </p>
    </div>
  );
}
