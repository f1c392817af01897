import { Input, Label, TextField } from 'react-aria-components';
import styles from './Field.module.css';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Narrows a list as one types. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <TextField className={styles.search ?? ''} type="search" value={value} onChange={onChange}>
      <Label>{label}</Label>
      <Input />
    </TextField>
  );
}
