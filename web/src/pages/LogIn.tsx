import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { api, unwrap } from '../api/client';
import { slugOf } from '../api/problem';
import { logInWords } from '../messages/logIn';
import { Field } from '../parts/Field';
import { SendForm } from '../parts/SendForm';
import { takeSecret } from '../parts/secret';
import { enter } from '../queries/me';
import type { LogIn as Body } from '../session';
import { useWords } from '../words/language';
import styles from './LogIn.module.css';
import { Heading } from './Shell';

const ABOUT_A_CODE = ['code-wanted', 'code-refused', 'codes-paused'];

/** By password, by a link that comes by e-mail, or by the link that led here. */
export function LogIn() {
  const words = useWords(logInWords);
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
          {isLinkOver && <p role="alert">{words.linkOver}</p>}
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
  const words = useWords(logInWords);
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
    <SendForm
      attempt={attempt}
      submit={words.submit}
      onSend={(form) => {
        const code = form.get('code');
        attempt.mutate({ ...bodyOf(form), ...(code ? { code: String(code) } : {}) });
      }}
    >
      {children}
      {isCodeWanted && (
        <Field name="code" type="text" autoComplete="one-time-code" label={words.code} autoFocus />
      )}
    </SendForm>
  );
}

function AskForLink() {
  const words = useWords(logInWords);
  const asking = useMutation({
    mutationFn: (email: string) => unwrap(api.POST('/community/log-in-links', { body: { email } })),
  });
  if (asking.isSuccess) return <p role="status">{words.linkSent}</p>;
  return (
    <SendForm
      attempt={asking}
      submit={words.sendLink}
      onSend={(form) => asking.mutate(String(form.get('email')))}
    >
      <p>{words.linkHelp}</p>
      <Field name="email" type="email" autoComplete="username" label={words.email} />
    </SendForm>
  );
}

function passwordOf(form: FormData): Body {
  return { email: String(form.get('email')), password: String(form.get('password')) };
}
