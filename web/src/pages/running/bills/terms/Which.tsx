import { SelectField } from '../../../../parts/SelectField';
import { NEW } from './ofTerms';

interface WhichProps {
  name: string;
  label: string;
  /** That it is none of those that there are. */
  another: string;
  /** Values and what each is called. */
  all: readonly (readonly [string, string])[];
  chosen: string;
  onChange: (value: string) => void;
}

/** One that there is, to be changed, or another. */
export function Which({ name, label, another, all, chosen, onChange }: WhichProps) {
  if (all.length === 0) return null;
  return (
    <SelectField
      name={name}
      label={label}
      options={[[NEW, another], ...all]}
      value={chosen}
      onChange={onChange}
    />
  );
}
