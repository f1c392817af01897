import { useState } from 'react';
import { challengeWords } from '../../../../messages/challenges';
import { challengingWords } from '../../../../messages/running/togetherChallenges';
import { Field } from '../../../../parts/Field';
import { LongField } from '../../../../parts/LongField';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import type { ChallengeIn } from '../../../../queries/challengeDesk';
import type { Challenge } from '../../../../queries/challenges';
import { challengeIn, WEEKDAYS, type Window } from '../../../../words/challengeForms';
import { useWords } from '../../../../words/language';
import styles from '../gatherings/Gathering.module.css';
import { Windows } from './Windows';

const KINDS: readonly Challenge['kind'][] = ['use_more', 'use_less', 'local_share'];
const AT_NOON: Window = { start: '11:00', end: '15:00' };
const USUAL = { target_percent: 10, baseline_weeks: 4, freeze_after_days: 10 };

interface ChallengingProps {
  challenge?: Challenge;
  attempt: { error: Error | null; isPending: boolean };
  submit: string;
  onSend: (challenge: ChallengeIn) => void;
}

/** What is to be done, on which days and hours, and how far. */
export function Challenging({ challenge, attempt, submit, onSend }: ChallengingProps) {
  const words = useWords(challengingWords);
  const [kind, setKind] = useState(challenge?.kind ?? 'use_more');
  const [windows, setWindows] = useState<readonly Window[]>(challenge?.windows ?? [AT_NOON]);
  const count = (name: keyof typeof USUAL) => ({
    name,
    type: 'text',
    inputMode: 'numeric' as const,
    pattern: String.raw`\d{1,3}`,
    defaultValue: String((challenge ?? USUAL)[name]),
  });
  return (
    <SendForm
      attempt={attempt}
      submit={submit}
      isWide
      onSend={(form) => onSend(challengeIn(form, { kind, windows }))}
    >
      <Field
        name="title"
        type="text"
        label={words.heading}
        maxLength={200}
        defaultValue={challenge?.title ?? ''}
      />
      <LongField
        name="text"
        label={words.text}
        maxLength={5000}
        defaultValue={challenge?.text ?? ''}
        isOptional
      />
      <SelectField
        name="kind"
        label={words.kind}
        options={KINDS.map((one) => [one, words.kinds[one]] as const)}
        value={kind}
        onChange={setKind}
      />
      <Field {...count('target_percent')} label={words.target} help={words.targetHelp} />
      <Days challenge={challenge} />
      <Windows windows={windows} onWindows={setWindows} />
      <details>
        <summary>{words.settings}</summary>
        <div className={styles.fields}>
          <Field {...count('baseline_weeks')} label={words.baseline} isOptional />
          <Field {...count('freeze_after_days')} label={words.freeze} isOptional />
        </div>
      </details>
    </SendForm>
  );
}

function Days({ challenge }: { challenge: Challenge | undefined }) {
  const words = useWords(challengingWords);
  const { weekdays } = useWords(challengeWords);
  return (
    <>
      <Field
        name="first_day"
        type="date"
        label={words.first}
        defaultValue={challenge?.first_day ?? ''}
      />
      <Field
        name="last_day"
        type="date"
        label={words.last}
        help={words.lastHelp}
        defaultValue={challenge?.last_day ?? ''}
      />
      <fieldset className={styles.group}>
        <legend>{words.weekdays}</legend>
        <div className={styles.days}>
          {WEEKDAYS.map((weekday) => (
            <TickField
              key={weekday}
              name={weekday}
              label={weekdays[weekday]}
              isTicked={challenge?.weekdays.includes(weekday) ?? true}
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}
