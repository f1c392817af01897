import { useMutation } from '@tanstack/react-query';
import { runnerWords } from '../../../messages/running/runners';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import { TickField } from '../../../parts/TickField';
import { removeOrganiser } from '../../../queries/operationSettings';
import type { OrganiserAccount } from '../../../queries/setUp';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

interface RemovingRunnerProps {
  operation: string;
  account: OrganiserAccount;
}

/** Somebody is to run the operation no more: what that does, and its button. */
export function RemovingRunner({ operation, account: { id, email } }: RemovingRunnerProps) {
  const words = useWords(runnerWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: () => removeOrganiser(operation, id),
    onSuccess: changed,
  });
  return (
    <details>
      <summary>{words.removeOf(email)}</summary>
      <p>{words.removeHelp(email)}</p>
      <SendForm attempt={attempt} submit={words.remove} onSend={() => attempt.mutate()}>
        <TickField name="sure" label={words.sure} isRequired />
      </SendForm>
      <StepUp error={attempt.error} onDone={() => attempt.mutate()} />
    </details>
  );
}
