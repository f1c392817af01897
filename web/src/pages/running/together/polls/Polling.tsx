import { useState } from 'react';
import { pollingWords } from '../../../../messages/running/togetherPolls';
import { Field } from '../../../../parts/Field';
import { LongField } from '../../../../parts/LongField';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import shared from '../../../../parts/Together.module.css';
import type { PollIn } from '../../../../queries/pollDesk';
import type { Poll } from '../../../../queries/polls';
import { useWords } from '../../../../words/language';
import { clockAt } from '../../../../words/parisClock';
import { optionsIn, pollIn } from '../../../../words/pollForms';
import { Options } from './Options';
import { Rules } from './Rules';

const METHODS: readonly Poll['method'][] = [
  'simple',
  'consent',
  'multiple',
  'ranked',
  'majority_judgement',
];

interface PollingProps {
  /** The draft that there is. */
  poll?: Poll;
  attempt: { error: Error | null; isPending: boolean };
  submit: string;
  onSend: (poll: PollIn) => void;
}

/** What is asked, how and when. */
export function Polling({ poll, attempt, submit, onSend }: PollingProps) {
  const words = useWords(pollingWords);
  const [method, setMethod] = useState(poll?.method ?? 'simple');
  const [options, setOptions] = useState(
    poll?.options ?? optionsIn(`${words.yes}\n${words.no}`, []),
  );
  const [adopting, setAdopting] = useState(
    poll ? (poll.adopting_option ?? '') : (options[0]?.id ?? ''),
  );
  const [rules, setRules] = useState({
    ballot_mode: poll?.ballot_mode ?? 'secret',
    weighting: poll?.weighting ?? 'one_each',
    quorum: poll?.quorum ?? null,
  });
  const isThere = options.some(({ id }) => id === adopting);
  const send = (form: FormData) => {
    const adopting_option = isThere ? adopting : '';
    const key_id = poll?.key_id ?? null;
    onSend(pollIn(form, { ...rules, method, options, adopting_option, key_id }, poll));
  };
  return (
    <SendForm attempt={attempt} submit={submit} isWide onSend={send}>
      {poll?.key_id && <p className={shared.weak}>{words.onKey}</p>}
      <Field
        name="question"
        type="text"
        label={words.question}
        maxLength={200}
        defaultValue={poll?.question ?? ''}
      />
      <LongField
        name="description"
        label={words.description}
        maxLength={5000}
        defaultValue={poll?.description ?? ''}
        isOptional
      />
      <SelectField
        name="method"
        label={words.method}
        options={METHODS.map((one) => [one, words.methods[one]] as const)}
        value={method}
        onChange={setMethod}
      />
      {method !== 'consent' && (
        <Options
          isMultiple={method === 'multiple'}
          maxChoices={poll?.max_choices ?? 2}
          options={options}
          onLines={(lines) => setOptions(optionsIn(lines, options))}
          adopting={isThere ? adopting : ''}
          onAdopting={setAdopting}
        />
      )}
      <When poll={poll} />
      <Rules poll={poll} rules={rules} onRules={setRules} />
    </SendForm>
  );
}

function When({ poll }: { poll: Poll | undefined }) {
  const words = useWords(pollingWords);
  return (
    <>
      <Field
        name="opens_at"
        type="datetime-local"
        label={words.opens}
        help={words.inParis}
        defaultValue={poll ? clockAt(poll.opens_at) : ''}
      />
      <Field
        name="closes_at"
        type="datetime-local"
        label={words.closes}
        defaultValue={poll ? clockAt(poll.closes_at) : ''}
      />
    </>
  );
}
