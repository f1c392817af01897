import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { securityWords } from '../../messages/security';
import { Field } from '../../parts/Field';
import { QuietButton } from '../../parts/QuietButton';
import { SendForm } from '../../parts/SendForm';
import { type App, confirmAuthenticator } from '../../queries/security';
import { codeIn, inFours } from '../../words/forms';
import { useWords } from '../../words/language';
import styles from './Security.module.css';

const QrCode = lazy(() => import('../../pictures/QrCode').then((m) => ({ default: m.QrCode })));

interface AuthenticatorSetUpProps {
  app: App;
  onConfirmed: (codes: string[]) => void;
  onCancel: () => void;
}

/** What the app has to know, by picture, link or hand, and the code that proves it does. */
export function AuthenticatorSetUp({ app, onConfirmed, onCancel }: AuthenticatorSetUpProps) {
  const words = useWords(securityWords);
  const attempt = useMutation({
    mutationFn: confirmAuthenticator,
    onSuccess: ({ recovery_codes }) => onConfirmed(recovery_codes),
    gcTime: 0,
  });
  return (
    <>
      <ol>
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className={styles.app}>
        <div className={styles.qr}>
          <Suspense fallback={null}>
            <QrCode text={app.uri} label={words.qr} />
          </Suspense>
        </div>
        <div>
          <p>
            <a href={app.uri}>{words.openApp}</a>
          </p>
          <p>
            {words.key}
            <br />
            <code className={styles.key}>{inFours(app.secret)}</code>
          </p>
        </div>
      </div>
      <SendForm
        attempt={attempt}
        submit={words.confirm}
        onSend={(form) => attempt.mutate(codeIn(form))}
      >
        <Field name="code" type="text" autoComplete="one-time-code" label={words.code} autoFocus />
      </SendForm>
      <p>
        <QuietButton onPress={onCancel}>{words.cancel}</QuietButton>
      </p>
    </>
  );
}
