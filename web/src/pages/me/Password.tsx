import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { securityWords } from '../../messages/security';
import { Card } from '../../parts/Card';
import { Field } from '../../parts/Field';
import { Said } from '../../parts/Said';
import { SendForm } from '../../parts/SendForm';
import { changePassword, sessionsQuery } from '../../queries/security';
import { useWords } from '../../words/language';

/** Another password, with the one of now. email: for the program that keeps passwords. */
export function Password({ email }: { email: string | null }) {
  const words = useWords(securityWords);
  const queries = useQueryClient();
  const [changed, setChanged] = useState(0);
  const attempt = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      setChanged((count) => count + 1);
      return queries.invalidateQueries(sessionsQuery);
    },
  });
  return (
    <Card title={words.password}>
      <SendForm
        // Anew once it is changed: the fields are empty then.
        key={changed}
        attempt={attempt}
        submit={words.passwordChange}
        onSend={(form) =>
          attempt.mutate({
            password: String(form.get('password')),
            new_password: String(form.get('new_password')),
          })
        }
      >
        <input type="hidden" autoComplete="username" value={email ?? ''} />
        <Field
          name="password"
          type="password"
          autoComplete="current-password"
          label={words.passwordNow}
        />
        <Field
          name="new_password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          label={words.passwordNew}
          help={words.passwordHelp}
        />
        <p>{words.passwordEffect}</p>
      </SendForm>
      <Said>{attempt.isSuccess && words.passwordChanged}</Said>
      <p>{words.forgotten}</p>
    </Card>
  );
}
