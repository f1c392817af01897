import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { fieldWords } from '../messages/field';
import { useWords } from '../words/language';
import styles from './Field.module.css';

interface FieldProps {
  name: string;
  type: string;
  autoComplete?: string;
  label: string;
  minLength?: number;
  maxLength?: number;
  /** What it has to look like; below the label, `help` says so. */
  pattern?: string;
  inputMode?: 'numeric' | 'decimal';
  autoFocus?: boolean;
  defaultValue?: string;
  /** What it has, where the page decides it. */
  value?: string;
  /** Where the page says something of it as one types. */
  onChange?: (text: string) => void;
  /** Why it is refused; null: it is not. */
  validate?: (text: string) => string | null;
  isOptional?: boolean;
  /** What to write, below the label. */
  help?: string;
}

/** A field that has to be filled unless it is optional, and says so by itself. */
export function Field({ label, help, isOptional = false, ...input }: FieldProps) {
  const words = useWords(fieldWords);
  return (
    <TextField className={styles.field ?? ''} isRequired={!isOptional} {...input}>
      <Label>{isOptional ? words.optional(label) : label}</Label>
      {help && <Text slot="description">{help}</Text>}
      <Input />
      {/* In a line, and in the page's language: a browser's own words are as long as it likes. */}
      <FieldError>
        {({ validationDetails, validationErrors }) => {
          if (validationDetails.valueMissing) return words.missing;
          if (validationDetails.customError) return validationErrors.join(' ');
          return validationDetails.tooShort ? words.tooShort(input.minLength ?? 0) : words.unlike;
        }}
      </FieldError>
    </TextField>
  );
}
