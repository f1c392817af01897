import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { type LegalBasisBody, saveLegalBasis } from '../../../queries/setUp';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfSetUp } from './ofSetUp';

const BASES = [
  'extended',
  'building',
  'derogation_10_km',
  'derogation_20_km',
  'public_bodies',
] as const;
const COMMUNES_FORM = String.raw`\s*((\d{2}|2[AB])\d{3}[\s,;]*)+`;

/** Why these points may share, with its defaults: of most operations. */
export function LegalBasis({ operation, setUp: { basis } }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const [chosen, choose] = useState<LegalBasisBody['basis']>(basis?.basis ?? 'extended');
  const [zone, setZone] = useState<LegalBasisBody['zone']>(basis?.zone ?? 'mainland');
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveLegalBasis(operation, {
        basis: chosen,
        zone,
        policy: basis?.policy ?? 'warn',
        decision: textIn(form, 'decision'),
        communes: textIn(form, 'communes')?.split(/[\s,;]+/) ?? [],
      }),
    onSuccess: changed,
  });
  return (
    <Card title={words.basisTitle}>
      <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
        <SelectField
          name="basis"
          label={words.basis}
          options={BASES.map((one) => [one, words.bases[one]] as const)}
          value={chosen}
          onChange={choose}
        />
        <SelectField
          name="zone"
          label={words.zone}
          options={(['mainland', 'non_interconnected'] as const).map(
            (one) => [one, words.zones[one]] as const,
          )}
          value={zone}
          onChange={setZone}
        />
        {chosen.startsWith('derogation') && (
          <>
            <Field
              name="decision"
              type="text"
              maxLength={500}
              label={words.decision}
              help={words.decisionHelp}
              defaultValue={basis?.decision ?? ''}
            />
            <Field
              name="communes"
              type="text"
              pattern={COMMUNES_FORM}
              label={words.communes}
              help={words.communesHelp}
              defaultValue={basis?.communes.join(' ') ?? ''}
            />
          </>
        )}
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </Card>
  );
}
