import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keyVoteWords } from '../../../messages/running/keyVote';
import { Field } from '../../../parts/Field';
import { LongField } from '../../../parts/LongField';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { openVote, type PollIn } from '../../../queries/keyLife';
import type { Perimeter } from '../../../queries/perimeters';
import { dayAt, dayLater, fullDay, isDay } from '../../../words/dates';
import { MODES, pollOf, QUORUMS, type Quorum, votersOn } from '../../../words/keyPolls';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfVersion } from './Steps';

/** Two weeks: time to meet, and to be reminded. */
const USUAL_DAYS = 14;

interface VoteFormProps extends OfVersion {
  /** How the key is called. */
  name: string;
  perimeter: Perimeter;
}

export function VoteForm({ operation, version, name, perimeter }: VoteFormProps) {
  const words = useWords(keyVoteWords);
  const language = useLanguage();
  const today = dayAt(new Date());
  const [last, setLast] = useState(dayLater(today, USUAL_DAYS));
  const [mode, setMode] = useState<PollIn['ballot_mode']>('secret');
  const [quorum, setQuorum] = useState<Quorum>('none');
  const attempt = useOpening(operation);
  return (
    <SendForm
      attempt={attempt}
      submit={words.open}
      isWide
      onSend={(form) => {
        const labels = { yes: words.yes, no: words.no };
        attempt.mutate(
          pollOf(form, { keyId: version.id, mode, quorum, labels, opensAt: new Date() }),
        );
      }}
    >
      <Field
        name="question"
        type="text"
        label={words.question}
        maxLength={200}
        defaultValue={words.questionFor(name)}
      />
      <LongField
        name="description"
        label={words.description}
        help={words.descriptionHelp}
        maxLength={5000}
        isOptional
      />
      <Field
        name="last"
        type="date"
        label={words.last}
        help={words.lastHelp}
        defaultValue={last}
        onChange={setLast}
      />
      <details>
        <summary>{words.statutes}</summary>
        <SelectField
          name="mode"
          label={words.mode}
          options={MODES.map((one) => [one, words.modes[one]] as const)}
          value={mode}
          onChange={setMode}
        />
        <SelectField
          name="quorum"
          label={words.quorum}
          options={QUORUMS.map((one) => [one, words.quorums[one]] as const)}
          value={quorum}
          onChange={setQuorum}
        />
        <Field
          name="max_proxies"
          type="text"
          inputMode="numeric"
          pattern="\d{1,2}"
          label={words.proxies}
          defaultValue="0"
        />
      </details>
      <p>
        {isDay(last) && words.summary(votersOn(perimeter, today), fullDay(last, language))}{' '}
        {words.fixed}
      </p>
      <TickField name="checked" label={words.checked} isRequired />
    </SendForm>
  );
}

/** Opens it, and goes there. */
function useOpening(operation: string) {
  const queries = useQueryClient();
  const changed = useChanged(operation);
  const navigate = useNavigate();
  // One form is one vote, however often it is sent.
  const [poll] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: (body: PollIn) => openVote(operation, poll, body),
    onSuccess: async () => {
      await Promise.all([changed(), queries.invalidateQueries({ queryKey: ['polls'] })]);
      await navigate({ to: '/polls/$operation/$poll', params: { operation, poll } });
    },
  });
}
