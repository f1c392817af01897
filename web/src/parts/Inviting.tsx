import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { invitingWords } from '../messages/inviting';
import { accessChanged, invite } from '../queries/access';
import { textIn } from '../words/forms';
import { type Language, useWords } from '../words/language';
import { Field } from './Field';
import { Said } from './Said';
import { SelectField } from './SelectField';
import { SendForm } from './SendForm';
import { StepUp } from './StepUp';

interface InvitingProps {
  as: 'organiser' | 'operator';
  /** What an organiser will run. */
  operations: string[];
  /** What whoever opens the link may do. */
  effect: string;
  /** What else is asked. */
  children?: ReactNode;
}

/** A link to somebody that opens an account. */
export function Inviting({ as: role, operations, effect, children }: InvitingProps) {
  const words = useWords(invitingWords);
  const [language, setLanguage] = useState<Language>('fr');
  const [sent, setSent] = useState(0);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (email: string) =>
      invite({ email, role, operation_ids: operations, member_id: null, language }),
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
        <Field name="email" type="email" label={words.email} help={words.emailHelp} />
        {children}
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
        <p>{effect}</p>
      </SendForm>
      <StepUp error={attempt.error} onDone={() => attempt.mutate(attempt.variables ?? '')} />
      <Said>{attempt.isSuccess && words.sent(attempt.data.email)}</Said>
    </>
  );
}
