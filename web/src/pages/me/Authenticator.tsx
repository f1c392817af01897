import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { securityWords } from '../../messages/security';
import { Card } from '../../parts/Card';
import { Field } from '../../parts/Field';
import go from '../../parts/Go.module.css';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { Said } from '../../parts/Said';
import { SendForm } from '../../parts/SendForm';
import { StepUp } from '../../parts/StepUp';
import { meQuery } from '../../queries/me';
import { removeAuthenticator, startAuthenticator } from '../../queries/security';
import { codeIn } from '../../words/forms';
import { useWords } from '../../words/language';
import { AuthenticatorSetUp } from './AuthenticatorSetUp';
import styles from './Security.module.css';

/** A second proof beside the password: put in place, or removed. */
export function Authenticator({ isSetUp }: { isSetUp: boolean }) {
  const words = useWords(securityWords);
  const queries = useQueryClient();
  // Shown once, and only here: they outlive the change of what `me` says.
  const [codes, setCodes] = useState<string[] | null>(null);
  const [isRemoved, setRemoved] = useState(false);
  return (
    <Card title={words.authenticator}>
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      {!codes && isSetUp && <Removal onRemoved={() => setRemoved(true)} />}
      {!codes && !isSetUp && (
        <>
          <Said>{isRemoved && words.removed}</Said>
          <SetUp
            onConfirmed={(recovery) => {
              setCodes(recovery);
              void queries.invalidateQueries(meQuery);
            }}
          />
        </>
      )}
    </Card>
  );
}

function SetUp({ onConfirmed }: { onConfirmed: (codes: string[]) => void }) {
  const words = useWords(securityWords);
  const start = useMutation({
    mutationFn: startAuthenticator,
    gcTime: 0,
  });
  if (start.data) {
    return <AuthenticatorSetUp app={start.data} onConfirmed={onConfirmed} onCancel={start.reset} />;
  }
  return (
    <>
      <p>{words.authenticatorOff}</p>
      <QuietButton onPress={() => !start.isPending && start.mutate()}>{words.setUp}</QuietButton>
      <Refusal error={start.error} />
      <StepUp error={start.error} onDone={() => start.mutate()} />
    </>
  );
}

interface RecoveryCodesProps {
  codes: string[];
  onKept: () => void;
}

function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const words = useWords(securityWords);
  return (
    <div role="status">
      <p>{words.authenticatorOn}</p>
      <h3>{words.recoveryTitle}</h3>
      <p>{words.recovery}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className={styles.buttons}>
        <Button className={go.go ?? ''} onPress={onKept}>
          {words.kept}
        </Button>
        <QuietButton onPress={() => window.print()}>{words.print}</QuietButton>
      </p>
    </div>
  );
}

function Removal({ onRemoved }: { onRemoved: () => void }) {
  const words = useWords(securityWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: removeAuthenticator,
    onSuccess: () => {
      onRemoved();
      return queries.invalidateQueries(meQuery);
    },
  });
  return (
    <>
      <p>{words.authenticatorOn}</p>
      <details>
        <summary>{words.remove}</summary>
        <p>{words.removeHelp}</p>
        <SendForm
          attempt={attempt}
          submit={words.remove}
          onSend={(form) => attempt.mutate(codeIn(form))}
        >
          <Field name="code" type="text" autoComplete="one-time-code" label={words.removeCode} />
        </SendForm>
        <p>{words.lost}</p>
      </details>
    </>
  );
}
