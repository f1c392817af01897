import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { paperWords } from '../../../../messages/running/togetherDocuments';
import { Card } from '../../../../parts/Card';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { Field } from '../../../../parts/Field';
import {
  type Paper,
  paperChanged,
  recordSignature,
  type Signature,
} from '../../../../queries/documentDesk';
import { dayAt } from '../../../../words/dates';
import { textIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';
import { useNames } from '../../names';
import { Ticked } from '../Ticked';

/** Sending the last version to be signed, and what happened to it on paper; nothing once it is over. */
export function Signed({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const { state } = paper;
  if (state === 'signed' || state === 'declined') return null;
  return (
    <Card title={words.signing}>
      {state === 'draft' && <Sending paper={paper} />}
      <OnPaper paper={paper} />
    </Card>
  );
}

function useRecording(paper: Paper) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<Signature, 'version'>) =>
      recordSignature(paper, { ...body, version: paper.versions.length }),
    onSuccess: (changed) => paperChanged(queries, changed),
  });
}

function Sending({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const names = useNames(paper.operation_id);
  const attempt = useRecording(paper);
  const { member_id } = paper;
  const name = member_id && names.memberOrNobody(member_id);
  const send = (form: FormData) =>
    attempt.mutate({
      state: 'sent',
      day: dayAt(new Date()),
      party: name ?? textIn(form, 'party') ?? '',
    });
  return (
    <Ticked attempt={attempt} onSend={send} tick={words.sendTick} submit={words.send}>
      <p>{member_id ? words.sendHelp(name || words.newcomer) : words.sendHelpElsewhere}</p>
      {!name && <Field name="party" type="text" label={words.sentTo} maxLength={200} />}
    </Ticked>
  );
}

function OnPaper({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const names = useNames(paper.operation_id);
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
          name="party"
          type="text"
          label={words.party}
          maxLength={200}
          defaultValue={paper.member_id ? (names.memberOrNobody(paper.member_id) ?? '') : ''}
        />
        <Field name="day" type="date" label={words.day} defaultValue={dayAt(new Date())} />
      </Ticked>
    </details>
  );
}
