import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { paperWords } from '../../../../messages/running/papers';
import { Card } from '../../../../parts/Card';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { Field } from '../../../../parts/Field';
import { type Paper, recordSignature, type Signature } from '../../../../queries/documentDesk';
import { dayAt } from '../../../../words/dates';
import { textIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';
import { nextStates } from '../../../../words/papers';
import { useChanged } from '../../close/changed';
import { Ticked } from '../../together/Ticked';
import { usePeople } from './owners';

interface SigningProps {
  paper: Paper;
  /** Whose it is, if anybody's. */
  name: string | undefined;
}

/** Sending the last version to be signed, and what happened to it on paper; nothing once it is over. */
export function Signed({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const name = usePeople(paper.operation_id)?.find(({ id }) => id === paper.member_id)?.name;
  const states = nextStates(paper);
  if (states.length === 0) return null;
  return (
    <Card title={words.signing}>
      {states.includes('sent') && <Sending paper={paper} name={name} />}
      <OnPaper paper={paper} name={name} />
    </Card>
  );
}

function useRecording(paper: Paper) {
  return useMutation({
    mutationFn: (body: Omit<Signature, 'version'>) =>
      recordSignature(paper, { ...body, version: paper.versions.length }),
    onSuccess: useChanged(paper.operation_id),
  });
}

function Sending({ paper, name }: SigningProps) {
  const words = useWords(paperWords);
  const attempt = useRecording(paper);
  const send = (form: FormData) =>
    attempt.mutate({
      state: 'sent',
      day: dayAt(new Date()),
      party: name ?? textIn(form, 'party') ?? '',
    });
  return (
    <Ticked attempt={attempt} onSend={send} tick={words.sendTick} submit={words.send}>
      <p>{paper.member_id ? words.sendHelp(name ?? words.somebody) : words.sendHelpElsewhere}</p>
      {!name && <Field name="party" type="text" label={words.sentTo} maxLength={200} />}
    </Ticked>
  );
}

function OnPaper({ paper, name = '' }: SigningProps) {
  const words = useWords(paperWords);
  const [outcome, setOutcome] = useState<'signed' | 'declined'>('signed');
  const attempt = useRecording(paper);
  const record = (form: FormData) =>
    attempt.mutate({
      state: outcome,
      day: textIn(form, 'day') ?? '',
      party: textIn(form, 'party') ?? '',
    });
  return (
    <details>
      <summary>{words.onPaper}</summary>
      <Ticked attempt={attempt} onSend={record} tick={words.recordTick} submit={words.note}>
        <p>{words.onPaperHelp}</p>
        <ChoiceField
          name="state"
          label={words.outcome}
          choices={words.outcomes}
          chosen={outcome}
          onChange={setOutcome}
        />
        <Field
          key={name}
          name="party"
          type="text"
          label={words.party}
          maxLength={200}
          defaultValue={name}
        />
        <Field name="day" type="date" label={words.day} defaultValue={dayAt(new Date())} />
      </Ticked>
    </details>
  );
}
