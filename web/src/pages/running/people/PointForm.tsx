import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { memberWords } from '../../../messages/running/members';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { type OperationPoint, savePoint } from '../../../queries/points';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

type ProductionKind = NonNullable<OperationPoint['production_kind']>;
export type PlantKind = ProductionKind | 'none';
export const PLANT_KINDS: readonly PlantKind[] = ['none', 'solar', 'wind', 'hydro', 'biomass'];
const WHOLE = String.raw`\s*\d{1,9}\s*`;

/** What a point is called, and its powers. */
export function PointForm({ operation, point }: { operation: string; point: OperationPoint }) {
  const words = useWords(memberWords);
  const [kind, setKind] = useState<PlantKind>(point.production_kind ?? 'none');
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      savePoint(point.prm, {
        label: textIn(form, 'label') ?? '',
        subscribed_power_va: powerIn(form, 'subscribed_power_va'),
        installed_power_w: powerIn(form, 'installed_power_w'),
        production_kind: kind === 'none' ? null : kind,
      }),
    onSuccess: changed,
  });
  return (
    <details>
      <summary>{words.editPoint}</summary>
      <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
        <Field
          name="label"
          type="text"
          maxLength={100}
          label={words.label}
          defaultValue={point.label}
        />
        <Field
          name="subscribed_power_va"
          type="text"
          inputMode="numeric"
          pattern={WHOLE}
          label={words.subscribed}
          help={words.subscribedHelp}
          defaultValue={String(point.subscribed_power_va ?? '')}
          isOptional
        />
        <Field
          name="installed_power_w"
          type="text"
          inputMode="numeric"
          pattern={WHOLE}
          label={words.installed}
          help={words.installedHelp}
          defaultValue={String(point.installed_power_w ?? '')}
          isOptional
        />
        <SelectField
          name="production_kind"
          label={words.production}
          options={PLANT_KINDS.map((one) => [one, words.productions[one]] as const)}
          value={kind}
          onChange={setKind}
        />
      </SendForm>
    </details>
  );
}

function powerIn(form: FormData, name: string): number | null {
  const text = textIn(form, name);
  return text === null ? null : Number(text);
}
