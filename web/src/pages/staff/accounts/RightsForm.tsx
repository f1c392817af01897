import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accountWords } from '../../../messages/staff/accounts';
import fields from '../../../parts/Field.module.css';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import type { Account } from '../../../queries/accounts';
import { runOperationsQuery } from '../../../queries/perimeters';
import { useWords } from '../../../words/language';
import { canHave, type Rights, rightsOf } from '../../../words/rights';
import { RightsSummary } from './RightsSummary';

interface RightsFormProps {
  account: Account;
  attempt: { error: Error | null; isPending: boolean };
  onSend: (rights: Rights) => void;
}

const NONE = '';

/** Operations by ticks, another one from a list; what all of it means stands above the button. */
export function RightsForm({ account, attempt, onSend }: RightsFormProps) {
  const words = useWords(accountWords);
  const { data: operations = [] } = useQuery(runOperationsQuery);
  const [rights, choose] = useState(rightsOf(account));
  const names = new Map(operations.map(({ id, name }) => [id, `${name} (${id})`]));
  const listed = [...new Set([...account.operations, ...rights.operations])];
  const others = operations.filter(({ id }) => !listed.includes(id));
  const run = (id: string, isRun: boolean) => {
    const rest = rights.operations.filter((one) => one !== id);
    choose({ ...rights, operations: isRun ? [...rest, id] : rest });
  };
  return (
    <SendForm
      attempt={attempt}
      submit={words.saveRights}
      isWide
      onSend={() => canHave(account, rights) && onSend(rights)}
    >
      <TickField
        name="staff"
        label={words.roles.operator}
        isTicked={rights.isStaff}
        onChange={(isStaff) => choose({ ...rights, isStaff })}
      />
      <fieldset className={fields.choices}>
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
  );
}
