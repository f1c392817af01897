import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Card } from '../../../parts/Card';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { saveAccise } from '../../../queries/setUp';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfSetUp } from './ofSetUp';

/** Whether the accise is due: what is undecided is drafted, but not issued. */
export function Taxes({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const regime = setUp.taxes.entries.at(-1)?.regime ?? 'undecided';
  return (
    <Card title={words.acciseTitle}>
      <p>{words.acciseIs[regime]}</p>
      {regime === 'undecided' && <Form operation={operation} setUp={setUp} />}
    </Card>
  );
}

function Form({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const [regime, setRegime] = useState<'exempt' | 'standard'>('exempt');
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveAccise(operation, {
        valid_from: setUp.operation.valid_from,
        regime,
        legal_basis: textIn(form, 'legal_basis'),
        evidence: textIn(form, 'evidence'),
        categories: {},
      }),
    onSuccess: changed,
  });
  return (
    <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
      <ChoiceField
        name="regime"
        label={words.acciseRegime}
        choices={words.acciseRegimes}
        chosen={regime}
        onChange={setRegime}
      />
      {regime === 'exempt' && (
        <>
          <Field
            name="legal_basis"
            type="text"
            maxLength={200}
            label={words.acciseBasis}
            defaultValue={words.acciseBasisDefault}
          />
          <Field
            name="evidence"
            type="text"
            maxLength={200}
            label={words.evidence}
            help={words.evidenceHelp}
          />
        </>
      )}
    </SendForm>
  );
}
