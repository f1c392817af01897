import styles from './Field.module.css';

interface TickFieldProps {
  name: string;
  label: string;
  isRequired?: boolean;
  onChange?: (isTicked: boolean) => void;
}

/** Something that one says by a tick; it begins without. */
export function TickField({ name, label, isRequired = false, onChange }: TickFieldProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        name={name}
        required={isRequired}
        onChange={(event) => onChange?.(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
