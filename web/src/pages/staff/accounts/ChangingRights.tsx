import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountWords } from '../../../messages/staff/accounts';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import { TickField } from '../../../parts/TickField';
import { accessChanged, setRights } from '../../../queries/access';
import type { Account } from '../../../queries/accounts';
import { runOperationsQuery } from '../../../queries/perimeters';
import { useWords } from '../../../words/language';
import { canHave, rightsOf } from '../../../words/rights';
import { RightsSummary } from './RightsSummary';

const NONE = '';

/** Which operations an account runs, and whether it is one of staff. */
export function ChangingRights({ account }: { account: Account }) {
  const words = useWords(accountWords);
  const queries = useQueryClient();
  const { data: operations = [] } = useQuery(runOperationsQuery);
  const [rights, setChosen] = useState(rightsOf(account));
  const attempt = useMutation({
    mutationFn: () => setRights(account, rights),
    onSuccess: () => accessChanged(queries),
  });
  const names = new Map(operations.map(({ id, name }) => [id, `${name} (${id})`]));
  const others = operations.filter(({ id }) => !rights.operations.includes(id));
  const listed = [...new Set([...account.operations, ...rights.operations])];
  const run = (id: string, isRun: boolean) =>
    setChosen({
      ...rights,
      operations: [...rights.operations.filter((one) => one !== id), ...(isRun ? [id] : [])],
    });
  return (
    <>
      <details>
        <summary>{words.changeRights}</summary>
        <SendForm
          attempt={attempt}
          submit={words.saveRights}
          isWide
          onSend={() => canHave(account, rights) && attempt.mutate()}
        >
          <TickField
            name="staff"
            label={words.roles.operator}
            isTicked={rights.isStaff}
            onChange={(isStaff) => setChosen({ ...rights, isStaff })}
          />
          <fieldset>
            <legend>{words.operations}</legend>
            {listed.length === 0 && <p>{words.noOperation}</p>}
            {listed.map((id) => (
              <TickField
                key={id}
                name="operations"
                label={names.get(id) ?? id}
                isTicked={rights.operations.includes(id)}
                onChange={(isRun) => run(id, isRun)}
              />
            ))}
            <SelectField
              name="another"
              label={words.addOperation}
              options={[
                [NONE, words.chooseOperation],
                ...others.map(({ id }) => [id, names.get(id) ?? id] as const),
              ]}
              value={NONE}
              onChange={(id) => id && run(id, true)}
            />
          </fieldset>
          <RightsSummary account={account} rights={rights} names={names} />
        </SendForm>
        <StepUp error={attempt.error} onDone={() => attempt.mutate()} />
      </details>
      <Said>{attempt.isSuccess && words.rightsSaved}</Said>
    </>
  );
}
