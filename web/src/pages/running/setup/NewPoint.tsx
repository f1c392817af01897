import { useState } from 'react';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import type { OperationPoint } from '../../../queries/setUp';
import { PRM_FORM } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { POWER_FORM } from '../../../words/participants';

const SOURCES = ['solar', 'wind', 'hydro', 'biomass'] as const;

/** A meter: its number, what it is called, and its power. */
export function NewPoint({ direction }: { direction: OperationPoint['direction'] }) {
  const words = useWords(setUpFormWords);
  const [source, setSource] = useState<(typeof SOURCES)[number]>('solar');
  const isPlant = direction === 'production';
  return (
    <>
      <Field
        name="prm"
        type="text"
        inputMode="numeric"
        pattern={PRM_FORM}
        label={words.prm}
        help={words.prmHelp}
      />
      <Field name="label" type="text" maxLength={100} label={words.label} help={words.labelHelp} />
      <Field
        key={direction}
        name="power"
        type="text"
        inputMode="decimal"
        pattern={POWER_FORM}
        label={isPlant ? words.peakPower : words.subscribed}
        help={isPlant ? words.peakPowerHelp : words.subscribedHelp}
        isOptional={!isPlant}
      />
      {isPlant && (
        <SelectField
          name="production_kind"
          label={words.source}
          options={SOURCES.map((one) => [one, words.sources[one]] as const)}
          value={source}
          onChange={setSource}
        />
      )}
    </>
  );
}
