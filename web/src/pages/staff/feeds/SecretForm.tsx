import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import { type FeedSecret, feedsChanged } from '../../../queries/feeds';
import { ExpiryField } from './ExpiryField';

interface SecretFormProps {
  title: string;
  submit: string;
  ask: (form: FormData) => Promise<FeedSecret>;
  onSecret: (secret: FeedSecret) => void;
  children: ReactNode;
}

/** Ask for a secret of a program, which is shown once. */
export function SecretForm({ title, submit, ask, onSecret, children }: SecretFormProps) {
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: ask,
    onSuccess: async (secret) => {
      await feedsChanged(queries);
      onSecret(secret);
    },
  });
  const { variables } = attempt;
  return (
    <details>
      <summary>{title}</summary>
      <SendForm attempt={attempt} submit={submit} isWide onSend={attempt.mutate}>
        <ExpiryField />
        {children}
      </SendForm>
      <StepUp error={attempt.error} onDone={() => variables && attempt.mutate(variables)} />
    </details>
  );
}
