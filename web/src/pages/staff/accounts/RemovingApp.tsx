import { useMutation } from '@tanstack/react-query';
import { accountWords } from '../../../messages/staff/accounts';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import { TickField } from '../../../parts/TickField';
import { removeAuthenticator } from '../../../queries/access';
import type { Account } from '../../../queries/accounts';
import { useWords } from '../../../words/language';

/** For who lost the authenticator app and the codes for that case. */
export function RemovingApp({ account: { email } }: { account: Account }) {
  const words = useWords(accountWords);
  const attempt = useMutation({ mutationFn: () => removeAuthenticator(email) });
  return (
    <details>
      <summary>{words.removeApp}</summary>
      <SendForm attempt={attempt} submit={words.removeApp} isWide onSend={() => attempt.mutate()}>
        <p>{words.removeAppHelp(email)}</p>
        <TickField name="verified" label={words.verified} isRequired />
      </SendForm>
      <StepUp error={attempt.error} onDone={() => attempt.mutate()} />
      <Said>{attempt.isSuccess && words.appRemoved}</Said>
    </details>
  );
}
