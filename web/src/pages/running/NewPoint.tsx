import { useState } from 'react';
import { pointFormWords } from '../../messages/running/pointForm';
import { Field } from '../../parts/Field';
import { SelectField } from '../../parts/SelectField';
import type { OperationPoint } from '../../queries/points';
import { PRM_FORM } from '../../words/forms';
import { useWords } from '../../words/language';
import { PowerField } from './PowerField';

const SOURCES = ['solar', 'wind', 'hydro', 'biomass'] as const;

/** A meter: its number, what it is called, and its power. */
export function NewPoint({ direction }: { direction: OperationPoint['direction'] }) {
  const words = useWords(pointFormWords);
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
      <PowerField key={direction} name="power" isPlant={isPlant} isOptional={!isPlant} />
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
