import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountWords } from '../../../messages/staff/accounts';
import { Said } from '../../../parts/Said';
import { StepUp } from '../../../parts/StepUp';
import { accessChanged, setRights } from '../../../queries/access';
import type { Account } from '../../../queries/accounts';
import { useWords } from '../../../words/language';
import type { Rights } from '../../../words/rights';
import { RightsForm } from './RightsForm';

/** Which operations an account runs, and whether it is one of staff. */
export function ChangingRights({ account }: { account: Account }) {
  const words = useWords(accountWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (rights: Rights) => setRights(account, rights),
    onSuccess: () => accessChanged(queries),
  });
  const { variables } = attempt;
  return (
    <>
      {/* Anew once they are changed: what is chosen begins with what it may do. */}
      <details key={JSON.stringify(account)}>
        <summary>{words.changeRights}</summary>
        <RightsForm account={account} attempt={attempt} onSend={attempt.mutate} />
        <StepUp error={attempt.error} onDone={() => variables && attempt.mutate(variables)} />
      </details>
      <Said>{attempt.isSuccess && words.rightsSaved}</Said>
    </>
  );
}
