import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountWords } from '../../../messages/staff/accounts';
import { Answer } from '../../../parts/Answer';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import { accessChanged, invite } from '../../../queries/access';
import { runOperationsQuery } from '../../../queries/perimeters';
import { textIn } from '../../../words/forms';
import { type Language, useWords } from '../../../words/language';

type InvitedAs = 'organiser' | 'operator';

/** A link to somebody that opens an account; whom the organisers invite, they invite themselves. */
export function Inviting() {
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
  const queries = useQueryClient();
  const [role, setRole] = useState<InvitedAs>('organiser');
  const [operation, setOperation] = useState(operations[0]?.[0] ?? '');
  const [language, setLanguage] = useState<Language>('fr');
  const [sent, setSent] = useState(0);
  const attempt = useMutation({
    mutationFn: (email: string) =>
      invite({
        email,
        role,
        operation_ids: role === 'organiser' ? [operation] : [],
        member_id: null,
        language,
      }),
    onSuccess: () => {
      setSent((count) => count + 1);
      return accessChanged(queries);
    },
  });
  return (
    <>
      <SendForm
        // Anew once it is sent: the address is another one's then.
        key={sent}
        attempt={attempt}
        submit={words.send}
        isWide
        onSend={(form) => attempt.mutate(textIn(form, 'email') ?? '')}
      >
        <Field name="email" type="email" label={words.email} />
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
            options={operations}
            value={operation}
            onChange={setOperation}
          />
        )}
        <SelectField
          name="language"
          label={words.language}
          options={[
            ['fr', words.languages.fr],
            ['en', words.languages.en],
          ]}
          value={language}
          onChange={setLanguage}
        />
        <p>{words.effects[role]}</p>
      </SendForm>
      <StepUp error={attempt.error} onDone={() => attempt.mutate(attempt.variables ?? '')} />
      <Said>{attempt.isSuccess && words.sent(attempt.data.email)}</Said>
    </>
  );
}
