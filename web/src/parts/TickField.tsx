import styles from './Field.module.css';

interface TickFieldProps {
  name: string;
  label: string;
  isRequired?: boolean;
  /** How it begins. */
  isTicked?: boolean;
  onChange?: (isTicked: boolean) => void;
}

/** Something that one says by a tick. */
export function TickField({
  name,
  label,
  isRequired = false,
  isTicked = false,
  onChange,
}: TickFieldProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        name={name}
        required={isRequired}
        defaultChecked={isTicked}
        onChange={(event) => onChange?.(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
