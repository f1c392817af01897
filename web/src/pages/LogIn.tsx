import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { slugOf } from '../api/problem';
import { logInWords } from '../messages/logIn';
import { Field } from '../parts/Field';
import go from '../parts/Go.module.css';
import { Heading } from '../parts/Heading';
import { IssuerLogIn } from '../parts/IssuerLogIn';
import { SendForm } from '../parts/SendForm';
import { takeSecret } from '../parts/secret';
import { TickField } from '../parts/TickField';
import { type LogInOptions, logInOptionsQuery } from '../queries/logIns';
import { enter } from '../queries/me';
import type { LogIn as Body } from '../session';
import { codeIn } from '../words/forms';
import { useWords } from '../words/language';
import styles from './LogIn.module.css';

const ABOUT_A_CODE = ['code-wanted', 'code-refused', 'codes-paused'];

/** By password, or by the link that led here. */
export function LogIn() {
  const words = useWords(logInWords);
  const [secret] = useState(takeSecret);
  const [isLinkOver, setLinkOver] = useState(false);
  // Until it has answered, what is so nearly everywhere.
  const { data: options } = useQuery(logInOptionsQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      {options?.oidc ? (
        <ByIssuer oidc={options.oidc} operator={options.operator_name} />
      ) : secret && !isLinkOver ? (
        <ByLink secret={secret} onRefused={() => setLinkOver(true)} />
      ) : (
        <ByPassword isLinkOver={isLinkOver} />
      )}
      <section className={styles.visitors}>
        <h2>{words.notAMember}</h2>
        <ul>
          <li>
            <Link to="/operations">{words.seeOperations}</Link>
          </li>
          <li>
            <Link to="/request">{words.ask}</Link>
          </li>
        </ul>
      </section>
    </>
  );
}

interface ByIssuerProps {
  oidc: NonNullable<LogInOptions['oidc']>;
  operator: string | null;
}

function ByIssuer({ oidc, operator }: ByIssuerProps) {
  const words = useWords(logInWords);
  const { next, refused } = useSearch({ from: '/log-in' });
  return (
    <>
      {refused && <p role="alert">{words.refused[refused]}</p>}
      {!refused && oidc.log_in_path && <p>{words.thereHelp}</p>}
      <IssuerLogIn oidc={oidc} operator={operator} next={next} />
    </>
  );
}

function ByPassword({ isLinkOver }: { isLinkOver: boolean }) {
  const words = useWords(logInWords);
  return (
    <>
      {isLinkOver && (
        <>
          <p role="alert">{words.linkOver}</p>
          <Link className={go.quiet} to="/forgotten">
            {words.another}
          </Link>
        </>
      )}
      <Attempt bodyOf={passwordOf}>
        <Field name="email" type="email" autoComplete="username" label={words.email} />
        <Field
          name="password"
          type="password"
          autoComplete="current-password"
          label={words.password}
        />
      </Attempt>
      {!isLinkOver && (
        <Link className={styles.other} to="/forgotten">
          {words.byLink}
        </Link>
      )}
    </>
  );
}

function ByLink({ secret, onRefused }: { secret: string; onRefused: () => void }) {
  const words = useWords(logInWords);
  const [isChosen, setChosen] = useState(false);
  const bodyOf = (form: FormData): Body => {
    const password = form.get('new_password');
    return { secret, ...(password ? { new_password: String(password) } : {}) };
  };
  return (
    <Attempt bodyOf={bodyOf} onRefused={onRefused}>
      <p className={styles.here}>{words.linkHere}</p>
      <TickField name="is_chosen" label={words.setPassword} onChange={setChosen} />
      {isChosen && (
        <Field
          name="new_password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          label={words.newPassword}
          help={words.newPasswordHelp}
          autoFocus
        />
      )}
    </Attempt>
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
        const code = codeIn(form);
        attempt.mutate({ ...bodyOf(form), ...(code ? { code } : {}) });
      }}
    >
      {children}
      {isCodeWanted && (
        <Field name="code" type="text" autoComplete="one-time-code" label={words.code} autoFocus />
      )}
    </SendForm>
  );
}

function passwordOf(form: FormData): Body {
  return { email: String(form.get('email')), password: String(form.get('password')) };
}
