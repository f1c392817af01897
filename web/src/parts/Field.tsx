import { FieldError, Input, Label, TextField } from 'react-aria-components';
import { useWords } from '../words/language';
import styles from './Field.module.css';

interface FieldProps {
  name: string;
  type: string;
  autoComplete: string;
  label: string;
  minLength?: number;
  autoFocus?: boolean;
}

/** A field that has to be filled, and says so by itself. */
export function Field({ label, ...input }: FieldProps) {
  const words = useWords().field;
  return (
    <TextField className={styles.field ?? ''} isRequired {...input}>
      <Label>{label}</Label>
      <Input />
      {/* In a line, and in the page's language: a browser's own words are as long as it likes. */}
      <FieldError className={styles.refused ?? ''}>
        {({ validationDetails }) => {
          if (validationDetails.valueMissing) return words.missing;
          return validationDetails.tooShort ? words.tooShort(input.minLength ?? 0) : words.unlike;
        }}
      </FieldError>
    </TextField>
  );
}
