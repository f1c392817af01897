import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { paperWords } from '../../../messages/running/papers';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import type { OwnDocument } from '../../../queries/documents';
import { recordSignature, type Signature } from '../../../queries/operationDocuments';
import { dayAt } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { nextStates } from '../../../words/papers';
import { useChanged } from '../close/changed';

interface SigningProps {
  document: OwnDocument;
  party: string;
}

/** What became of the last version, on paper or by e-mail. */
export function Signing({ document, party }: SigningProps) {
  const words = useWords(paperWords);
  const states = nextStates(document);
  const [state, setState] = useState<Signature['state']>(states[0] ?? 'signed');
  const changed = useChanged(document.operation_id);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      recordSignature(document, {
        version: document.versions.at(-1)?.number ?? 1,
        state,
        day: textIn(form, 'day') ?? '',
        party: textIn(form, 'party') ?? '',
      }),
    onSuccess: changed,
  });
  const choices = Object.fromEntries(states.map((one) => [one, words.next[one]])) as Record<
    Signature['state'],
    string
  >;
  return (
    <details>
      <summary>{words.record}</summary>
      <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
        <ChoiceField
          name="state"
          label={words.whatHappened}
          choices={choices}
          chosen={state}
          onChange={setState}
        />
        <Field name="day" type="date" label={words.day} defaultValue={dayAt(new Date())} />
        <Field
          name="party"
          type="text"
          maxLength={200}
          label={words.party}
          help={words.partyHelp}
          defaultValue={party}
        />
        {state !== 'sent' && <TickField name="sure" label={words.sure} isRequired />}
      </SendForm>
    </details>
  );
}
