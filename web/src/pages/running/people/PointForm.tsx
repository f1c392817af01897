import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { memberWords } from '../../../messages/running/members';
import { pointFormWords } from '../../../messages/running/pointForm';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { type OperationPoint, savePoint } from '../../../queries/points';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { thousandsIn } from '../../../words/participants';
import { useChanged } from '../close/changed';
import { PowerField } from '../PowerField';

type ProductionKind = NonNullable<OperationPoint['production_kind']>;
type PlantKind = ProductionKind | 'none';
const PLANT_KINDS: readonly PlantKind[] = ['none', 'solar', 'wind', 'hydro', 'biomass'];

/** What a point is called, and its powers. */
export function PointForm({ operation, point }: { operation: string; point: OperationPoint }) {
  const words = useWords(memberWords);
  const ofForm = useWords(pointFormWords);
  const [kind, setKind] = useState<PlantKind>(point.production_kind ?? 'none');
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      savePoint(point.prm, {
        label: textIn(form, 'label') ?? '',
        subscribed_power_va: thousandsIn(form, 'subscribed_power'),
        installed_power_w: thousandsIn(form, 'installed_power'),
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
          label={ofForm.label}
          defaultValue={point.label}
        />
        <PowerField
          name="subscribed_power"
          isPlant={false}
          recorded={point.subscribed_power_va}
          isOptional
        />
        <PowerField name="installed_power" isPlant recorded={point.installed_power_w} isOptional />
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
