import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accountWords } from '../../../messages/staff/accounts';
import { Answer } from '../../../parts/Answer';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Inviting } from '../../../parts/Inviting';
import { SelectField } from '../../../parts/SelectField';
import { runOperationsQuery } from '../../../queries/perimeters';
import { useWords } from '../../../words/language';

/** Colleagues, and who runs an operation; members are invited by them. */
export function InvitingAnybody() {
  const query = useQuery(runOperationsQuery);
  return (
    <Answer query={query}>
      {(operations) => (
        <Form operations={operations.map(({ id, name }) => [id, `${name} (${id})`] as const)} />
      )}
    </Answer>
  );
}

function Form({ operations }: { operations: readonly (readonly [string, string])[] }) {
  const words = useWords(accountWords);
  const [role, setRole] = useState<'organiser' | 'operator'>('organiser');
  // Nobody is given an operation because it comes first in a list.
  const [operation, setOperation] = useState('');
  return (
    <Inviting
      as={role}
      operations={role === 'organiser' ? [operation] : []}
      effect={words.effects[role]}
    >
      <ChoiceField
        name="role"
        label={words.as}
        choices={words.inviteRoles}
        chosen={role}
        onChange={setRole}
      />
      {role === 'organiser' && (
        <SelectField
          name="operation"
          label={words.operation}
          options={[['', words.chooseOperation] as const, ...operations]}
          isRequired
          value={operation}
          onChange={setOperation}
        />
      )}
    </Inviting>
  );
}
