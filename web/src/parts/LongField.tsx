import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components';
import { fieldWords } from '../messages/field';
import { useWords } from '../words/language';
import styles from './Field.module.css';

interface LongFieldProps {
  name: string;
  label: string;
  rows?: number;
  maxLength: number;
  autoComplete?: string;
  defaultValue?: string;
  /** Where the page says something of it as one types. */
  onChange?: (text: string) => void;
  isOptional?: boolean;
  help?: string;
}

/** A field of several lines. */
export function LongField({ label, help, rows = 3, isOptional = false, ...input }: LongFieldProps) {
  const words = useWords(fieldWords);
  return (
    <TextField className={styles.field ?? ''} isRequired={!isOptional} {...input}>
      <Label>{isOptional ? words.optional(label) : label}</Label>
      {help && <Text slot="description">{help}</Text>}
      <TextArea rows={rows} />
      <FieldError>
        {({ validationDetails }) => (validationDetails.valueMissing ? words.missing : words.unlike)}
      </FieldError>
    </TextField>
  );
}
