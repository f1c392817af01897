import styles from './Radios.module.css';

interface RadiosProps {
  name: string;
  legend: string;
  /** Value and label of each. */
  options: readonly (readonly [string, string])[];
  chosen: string;
}

/** One of a few, in a form. */
export function Radios({ name, legend, options, chosen }: RadiosProps) {
  return (
    <fieldset className={styles.radios}>
      <legend>{legend}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input type="radio" name={name} value={value} defaultChecked={value === chosen} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
