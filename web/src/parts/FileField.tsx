import { useId } from 'react';
import styles from './Field.module.css';

interface FileFieldProps {
  name: string;
  label: string;
  help?: string;
  /** Media types or endings, as browsers take them. */
  accept?: string;
  onChoose?: (file: File | undefined) => void;
}

/** A file of the device, which has to be chosen. */
export function FileField({ name, label, help, accept, onChoose }: FileFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {help && (
        <span slot="description" id={`${id}-help`}>
          {help}
        </span>
      )}
      <input
        id={id}
        type="file"
        name={name}
        accept={accept}
        required
        onChange={(event) => onChoose?.(event.currentTarget.files?.[0])}
        aria-describedby={help ? `${id}-help` : undefined}
      />
    </div>
  );
}
