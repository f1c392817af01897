import { useMutation, useQuery } from '@tanstack/react-query';
import { slugOf } from '../api/problem';
import { stepUpWords } from '../messages/stepUp';
import { meQuery } from '../queries/me';
import { stepUp } from '../session';
import { codeIn } from '../words/forms';
import { useWords } from '../words/language';
import { Field } from './Field';
import { SendForm } from './SendForm';
import styles from './StepUp.module.css';

interface StepUpProps {
  /** Why something did not happen; if it is that a password is wanted again, it is asked for here. */
  error: Error | null;
  /** Send again what was refused. */
  onDone: () => void;
}

/** The password, or a code, again: what matters most is not for whoever finds an open session. */
export function StepUp({ error, onDone }: StepUpProps) {
  const words = useWords(stepUpWords);
  const { data: me } = useQuery(meQuery);
  const attempt = useMutation({ mutationFn: stepUp, onSuccess: onDone, gcTime: 0 });
  if (!error || slugOf(error) !== 'step-up-needed') return null;
  const isByCode = me?.has_authenticator ?? false;
  return (
    <div className={styles.again}>
      <SendForm
        attempt={attempt}
        submit={words.go}
        onSend={(form) =>
          attempt.mutate(
            isByCode ? { code: codeIn(form) } : { password: String(form.get('password')) },
          )
        }
      >
        {isByCode ? (
          <Field
            name="code"
            type="text"
            autoComplete="one-time-code"
            label={words.code}
            autoFocus
          />
        ) : (
          <>
            <input type="hidden" autoComplete="username" value={me?.email ?? ''} />
            <Field
              name="password"
              type="password"
              autoComplete="current-password"
              label={words.password}
              autoFocus
            />
          </>
        )}
      </SendForm>
      {!isByCode && <p>{words.noPassword}</p>}
    </div>
  );
}
