import type { Language } from '../words/language';
import styles from './Field.module.css';

interface ChoiceFieldProps<Value extends string> {
  name: string;
  label: string;
  /** In order, with what each is called. */
  choices: Record<Value, string>;
  /** The one that it begins with. */
  chosen: Value;
  onChange?: (value: Value) => void;
  /** Where each is called by its own language, as languages are. */
  langOf?: (value: Value) => Language;
}

/** One of a few, all of which are seen. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { name, label, choices, chosen, onChange, langOf } = props;
  return (
    <fieldset className={styles.choices}>
      <legend>{label}</legend>
      {(Object.keys(choices) as Value[]).map((choice) => (
        <label key={choice} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={choice}
            defaultChecked={choice === chosen}
            onChange={() => onChange?.(choice)}
          />
          <span lang={langOf?.(choice)}>{choices[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
}
