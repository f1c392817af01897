import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import { Problem } from '../api/problem';
import type { Messages } from '../messages/fr';
import { meQuery } from '../queries/me';
import { type LogIn as Body, logIn } from '../session';
import { useWords } from '../words/language';
import styles from './LogIn.module.css';
import { Heading } from './Shell';

export function LogIn() {
  const words = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/log-in' });
  const attempt = useMutation({
    mutationFn: logIn,
    onSuccess: async () => {
      await queries.refetchQueries(meQuery);
      await navigate({ href: next ?? '/' });
    },
  });
  const slug = attempt.error instanceof Problem ? attempt.error.slug : null;
  return (
    <>
      <Heading>{words.logIn.title}</Heading>
      <Form
        className={styles.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          if (!attempt.isPending) attempt.mutate(bodyOf(new FormData(event.currentTarget)));
        }}
      >
        <Field name="email" type="email" autoComplete="username" label={words.logIn.email} />
        <Field
          name="password"
          type="password"
          autoComplete="current-password"
          label={words.logIn.password}
        />
        {(slug === 'code-wanted' || slug === 'code-refused') && (
          <Field name="code" type="text" autoComplete="one-time-code" label={words.logIn.code} />
        )}
        {attempt.error && slug !== 'code-wanted' && (
          <p className={styles.refused} role="alert">
            {why(attempt.error, words)}
          </p>
        )}
        <Button className={styles.submit ?? ''} type="submit">
          {attempt.isPending ? words.logIn.submitting : words.logIn.submit}
        </Button>
      </Form>
    </>
  );
}

interface FieldProps {
  name: keyof Body;
  type: string;
  autoComplete: string;
  label: string;
}

function Field({ label, ...input }: FieldProps) {
  return (
    <TextField className={styles.field ?? ''} isRequired {...input}>
      <Label>{label}</Label>
      <Input />
    </TextField>
  );
}

function bodyOf(form: FormData): Body {
  const code = form.get('code');
  return {
    email: String(form.get('email')),
    password: String(form.get('password')),
    ...(code ? { code: String(code) } : {}),
  };
}

function why(error: Error, words: Messages): string {
  if (!(error instanceof Problem)) return words.shell.failed;
  switch (error.slug) {
    case 'credentials-refused':
      return words.logIn.refused;
    case 'code-refused':
      return words.logIn.codeRefused;
    case 'log-in-paused':
      return words.logIn.paused(Number(error.facts.retry_after_s));
    default:
      return error.requestId ? words.shell.quote(error.requestId) : words.shell.failed;
  }
}
