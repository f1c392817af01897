import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { api, unwrap } from '../api/client';
import { slugOf } from '../api/problem';
import { Field } from '../parts/Field';
import fields from '../parts/Field.module.css';
import { takeSecret } from '../parts/secret';
import { enter } from '../queries/me';
import type { LogIn as Body } from '../session';
import { useWords } from '../words/language';
import { whyRefused } from '../words/refusals';
import styles from './LogIn.module.css';
import { Heading } from './Shell';

const ABOUT_A_CODE = ['code-wanted', 'code-refused', 'codes-paused'];

/** By password, by a link that comes by e-mail, or by the link that led here. */
export function LogIn() {
  const words = useWords().logIn;
  const [secret] = useState(takeSecret);
  const [isByLink, setByLink] = useState(false);
  const [isLinkOver, setLinkOver] = useState(false);
  return (
    <>
      <Heading>{words.title}</Heading>
      {secret && !isLinkOver ? (
        <Attempt key="link" bodyOf={() => ({ secret })} onRefused={() => setLinkOver(true)}>
          <p>{words.linkHere}</p>
        </Attempt>
      ) : isByLink ? (
        <AskForLink />
      ) : (
        <Attempt key="password" bodyOf={passwordOf}>
          {isLinkOver && <p role="alert">{words.refusals['link-refused']}</p>}
          <Field name="email" type="email" autoComplete="username" label={words.email} />
          <Field
            name="password"
            type="password"
            autoComplete="current-password"
            label={words.password}
          />
        </Attempt>
      )}
      <Button className={styles.other ?? ''} onPress={() => setByLink(!isByLink)}>
        {isByLink ? words.byPassword : words.byLink}
      </Button>
    </>
  );
}

interface AttemptProps {
  bodyOf: (form: FormData) => Body;
  /** The link is no longer good. */
  onRefused?: () => void;
  children: ReactNode;
}

function Attempt({ bodyOf, onRefused, children }: AttemptProps) {
  const words = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/log-in' });
  const [isCodeWanted, setCodeWanted] = useState(false);
  const attempt = useMutation({
    mutationFn: (body: Body) => enter(queries, body),
    onSuccess: () => navigate({ href: next ?? '/' }),
    onError: (error) => {
      if (slugOf(error) === 'link-refused') onRefused?.();
      if (ABOUT_A_CODE.includes(slugOf(error))) setCodeWanted(true);
    },
  });
  return (
    <Form
      className={fields.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const code = form.get('code');
        const body = { ...bodyOf(form), ...(code ? { code: String(code) } : {}) };
        if (!attempt.isPending) attempt.mutate(body);
      }}
    >
      {children}
      {isCodeWanted && (
        <Field
          name="code"
          type="text"
          autoComplete="one-time-code"
          label={words.logIn.code}
          autoFocus
        />
      )}
      {attempt.error && (
        <p className={fields.refused} role="alert">
          {whyRefused(attempt.error, words)}
        </p>
      )}
      <Button className={fields.submit ?? ''} type="submit">
        {attempt.isPending ? words.logIn.submitting : words.logIn.submit}
      </Button>
    </Form>
  );
}

function AskForLink() {
  const words = useWords();
  const asking = useMutation({
    mutationFn: (email: string) => unwrap(api.POST('/community/log-in-links', { body: { email } })),
  });
  if (asking.isSuccess) return <p role="status">{words.logIn.linkSent}</p>;
  return (
    <Form
      className={fields.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        asking.mutate(String(new FormData(event.currentTarget).get('email')));
      }}
    >
      <p>{words.logIn.linkHelp}</p>
      <Field name="email" type="email" autoComplete="username" label={words.logIn.email} />
      {asking.error && (
        <p className={fields.refused} role="alert">
          {whyRefused(asking.error, words)}
        </p>
      )}
      <Button className={fields.submit ?? ''} type="submit">
        {words.logIn.sendLink}
      </Button>
    </Form>
  );
}

function passwordOf(form: FormData): Body {
  return { email: String(form.get('email')), password: String(form.get('password')) };
}
