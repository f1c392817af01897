import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountWords } from '../../../messages/staff/accounts';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import { accessChanged, setDisabled } from '../../../queries/access';
import type { Account } from '../../../queries/accounts';
import { useWords } from '../../../words/language';

/** Let an account log in no more, or again. */
export function Disabling({ account }: { account: Account }) {
  const words = useWords(accountWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (disabled: boolean) => setDisabled(account, disabled),
    onSuccess: () => accessChanged(queries),
  });
  const { email, disabled } = account;
  const [act, help] = disabled
    ? [words.enable, words.enableHelp(email)]
    : [words.disable, words.disableHelp(email)];
  return (
    <>
      {/* Anew once it is done: what it would do then is the opposite. */}
      <details key={act}>
        <summary>{act}</summary>
        <SendForm attempt={attempt} submit={act} isWide onSend={() => attempt.mutate(!disabled)}>
          <p>{help}</p>
        </SendForm>
        <StepUp error={attempt.error} onDone={() => attempt.mutate(!disabled)} />
      </details>
      <Said>{attempt.isSuccess && (disabled ? words.disabledNow : words.enabledNow)}</Said>
    </>
  );
}
