import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { slugOf } from '../api/problem';
import { invitationWords } from '../messages/invitation';
import { Failed } from '../parts/Failed';
import { Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { IssuerLogIn } from '../parts/IssuerLogIn';
import { Loading } from '../parts/Loading';
import { SendForm } from '../parts/SendForm';
import { takeSecret } from '../parts/secret';
import {
  acceptInvitation,
  invitationQuery,
  type Invitation as Preview,
} from '../queries/invitations';
import { logInOptionsQuery } from '../queries/logIns';
import { enter } from '../queries/me';
import { dayOf } from '../words/instants';
import { useLanguage, useWords } from '../words/language';

/** To what one is invited; nobody is, where the co-op's own issuer has the accounts. */
export function Invitation() {
  const words = useWords(invitationWords);
  const [secret] = useState(takeSecret);
  const { data: options, isPending } = useQuery(logInOptionsQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      {isPending && <Loading />}
      {options?.oidc ? (
        <>
          <p>{words.elsewhere}</p>
          <IssuerLogIn oidc={options.oidc} operator={options.operator_name} />
        </>
      ) : (
        !isPending && <ByLink secret={secret} />
      )}
    </>
  );
}

/** The one thing that is left: a password. */
function ByLink({ secret }: { secret: string | null }) {
  const words = useWords(invitationWords);
  const preview = useQuery({ ...invitationQuery(secret ?? ''), enabled: secret !== null });
  const isOver =
    secret === null || (preview.error !== null && slugOf(preview.error) === 'invitation-refused');
  return (
    <>
      {isOver && <p role="alert">{words.over}</p>}
      {!isOver && preview.error && (
        <Failed error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {!isOver && preview.isPending && <Loading />}
      {secret && preview.data && <Acceptance secret={secret} preview={preview.data} />}
    </>
  );
}

function Acceptance({ secret, preview }: { secret: string; preview: Preview }) {
  const words = useWords(invitationWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const attempt = useMutation({
    mutationFn: (password: string) => acceptInvitation(secret, password),
    onSuccess: async (_account, password) => {
      try {
        await enter(queries, { email: preview.email, password });
        await navigate({ to: '/', search: { first: true } });
      } catch {
        // The invitation has served. What else is wanted, a code say, the log-in asks for.
        await navigate({ to: '/log-in', search: {} });
      }
    },
  });
  const { member_name, operation_names, invited_by, has_account } = preview;
  return (
    <>
      <p>{words.by(invited_by)}</p>
      {member_name && <p>{words.asMember(member_name)}</p>}
      {operation_names.length > 0 && <p>{words.asOrganiser(operation_names.join(', '))}</p>}
      <p>{words.until(dayOf(preview.expires_at, language))}</p>
      <SendForm
        attempt={attempt}
        submit={words.accept}
        onSend={(form) => attempt.mutate(String(form.get('password')))}
      >
        <input type="hidden" name="email" autoComplete="username" value={preview.email} />
        <Field
          name="password"
          type="password"
          minLength={12}
          autoComplete={has_account ? 'current-password' : 'new-password'}
          label={has_account ? words.known : words.password}
        />
      </SendForm>
    </>
  );
}
