import { useMutation } from '@tanstack/react-query';
import { answerWords } from '../../../messages/running/signUps';
import { LongField } from '../../../parts/LongField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { refuseSignUp, type SignUp } from '../../../queries/waiting';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import styles from './Board.module.css';

interface RefuseSignUpProps {
  signUp: SignUp;
  onAnswered: (words: string) => void;
}

/** Who asks is written to, with the reason. */
export function RefuseSignUp({ signUp, onAnswered }: RefuseSignUpProps) {
  const words = useWords(answerWords);
  const { name, operation_id } = signUp;
  const changed = useChanged(operation_id);
  const attempt = useMutation({
    mutationFn: (reason: string) => refuseSignUp(signUp, reason),
    onSuccess: async () => {
      onAnswered(words.refused(name));
      await changed();
    },
  });
  return (
    <details className={styles.step}>
      <summary>{words.refuseGo(name)}</summary>
      <SendForm
        attempt={attempt}
        submit={words.refuse}
        isWide
        onSend={(form) => attempt.mutate(textIn(form, 'reason')?.replaceAll(/\s+/g, ' ') ?? '')}
      >
        <p className={shared.weak}>{words.refuseHelp}</p>
        <LongField name="reason" maxLength={500} label={words.reason} />
        <TickField name="sure" label={words.sure} isRequired />
      </SendForm>
    </details>
  );
}
