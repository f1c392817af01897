import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerWords } from '../../../messages/running/signUps';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { membersQuery } from '../../../queries/perimeters';
import { acceptSignUp, type SignUp } from '../../../queries/waiting';
import { dayAt } from '../../../words/dates';
import { entryDay } from '../../../words/enrolments';
import { digitsIn, PRM_FORM, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import styles from './Board.module.css';

const NEW = '';

interface AcceptSignUpProps {
  signUp: SignUp;
  onAnswered: (words: string) => void;
}

/** Who asks becomes a member, and their point one that is to come in. */
export function AcceptSignUp({ signUp, onAnswered }: AcceptSignUpProps) {
  const words = useWords(answerWords);
  const { name, operation_id, prm } = signUp;
  const [member, choose] = useState(NEW);
  const { data: members = [] } = useQuery(membersQuery(operation_id));
  const changed = useChanged(operation_id);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      acceptSignUp(signUp, {
        valid_from: textIn(form, 'valid_from') ?? '',
        prm: prm ? null : digitsIn(form, 'prm'),
        member_id: member || null,
      }),
    onSuccess: async () => {
      onAnswered(words.accepted(name));
      await changed();
    },
  });
  return (
    <details className={styles.step}>
      <summary>{words.acceptGo(name)}</summary>
      <SendForm attempt={attempt} submit={words.accept} isWide onSend={attempt.mutate}>
        <p className={shared.weak}>{words.acceptHelp}</p>
        <Field
          name="valid_from"
          type="date"
          label={words.start}
          help={words.startHelp}
          defaultValue={entryDay(dayAt(new Date()))}
        />
        {!prm && (
          <Field
            name="prm"
            type="text"
            inputMode="numeric"
            pattern={PRM_FORM}
            label={words.prm}
            help={words.prmHelp}
          />
        )}
        <SelectField
          name="member_id"
          label={words.member}
          options={[
            [NEW, words.newMember],
            ...members
              .map(({ id, name: theirs }) => [id, theirs] as const)
              .sort(([, one], [, other]) => one.localeCompare(other)),
          ]}
          value={member}
          onChange={choose}
        />
      </SendForm>
    </details>
  );
}
