import { useId } from 'react';
import styles from './Field.module.css';

interface SelectFieldProps<Value extends string> {
  name: string;
  label: string;
  /** What to choose, below the label. */
  help?: string;
  options: readonly (readonly [Value, string])[];
  value: Value;
  onChange: (value: Value) => void;
  /** Something has to be chosen: an option without a value is none. */
  isRequired?: boolean;
}

/** One of several, in the list that the device itself has for it. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { name, label, help, options, value, onChange, isRequired = false } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {help && (
        <span slot="description" id={`${id}-help`}>
          {help}
        </span>
      )}
      <select
        id={id}
        name={name}
        value={value}
        required={isRequired}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={(event) => onChange(event.target.value as Value)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
