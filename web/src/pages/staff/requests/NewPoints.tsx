import { useState } from 'react';
import { settingUpWords } from '../../../messages/staff/settingUp';
import { Field } from '../../../parts/Field';
import { QuietButton } from '../../../parts/QuietButton';
import { SelectField } from '../../../parts/SelectField';
import shared from '../../../parts/Together.module.css';
import { PRM_FORM } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { power } from '../../../words/numbers';
import styles from './NewPoints.module.css';

interface NewPointsProps {
  /** Those of the request, by their power. */
  plants: readonly string[];
  count: number;
  onCount: (count: number) => void;
}

/** As many points as one adds; the last one can be removed. */
export function NewPoints({ plants, count, onCount }: NewPointsProps) {
  const words = useWords(settingUpWords);
  return (
    <fieldset className={styles.points}>
      <legend>{words.points}</legend>
      <p className={shared.weak}>{words.pointsHelp}</p>
      {Array.from({ length: count }, (_, place) => place).map((place) => (
        <NewPoint key={place} place={place} plants={plants} />
      ))}
      <div className={shared.actions}>
        <QuietButton onPress={() => onCount(count + 1)}>{words.addPoint}</QuietButton>
        {count > 0 && (
          <QuietButton onPress={() => onCount(count - 1)}>{words.dropPoint(count)}</QuietButton>
        )}
      </div>
    </fieldset>
  );
}

function NewPoint({ place, plants }: { place: number; plants: readonly string[] }) {
  const words = useWords(settingUpWords);
  const language = useLanguage();
  const [plant, setPlant] = useState('');
  const options = plants.map(
    (kwc, index) =>
      [String(index + 1), words.plantOf(index + 1, power(kwc, true, language))] as const,
  );
  return (
    <fieldset className={styles.point}>
      <legend>{words.point(place + 1)}</legend>
      <Field
        name={`points/${place}/prm`}
        type="text"
        inputMode="numeric"
        pattern={PRM_FORM}
        label={words.prm}
        help={words.prmHelp}
      />
      <Field name={`points/${place}/label`} type="text" maxLength={100} label={words.label} />
      <SelectField
        name={`points/${place}/plant`}
        label={words.plant}
        options={[['', words.consumer], ...options]}
        value={plant}
        onChange={setPlant}
      />
    </fieldset>
  );
}
