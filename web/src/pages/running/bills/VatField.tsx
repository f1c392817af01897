import { pricesWords } from '../../../messages/running/prices';
import { SelectField } from '../../../parts/SelectField';
import { useWords } from '../../../words/language';
import type { VatChoice } from '../../../words/priceLists';

interface VatFieldProps {
  label?: string;
  value: VatChoice;
  onChange: (vat: VatChoice) => void;
  /** Whether prices have another VAT, or not all the same. */
  hasEach?: boolean;
}

/** The VAT of prices: one to choose, until somebody has said which the sellers charge. */
export function VatField({ label, value, onChange, hasEach = false }: VatFieldProps) {
  const words = useWords(pricesWords);
  const choices: VatChoice[] = ['standard', 'none'];
  if (hasEach) choices.unshift('each');
  if (value === '') choices.unshift('');
  return (
    <SelectField<VatChoice>
      name="vat"
      label={label ?? words.vatChoice}
      help={words.vatHelp}
      options={choices.map((one) => [one, words.vats[one]] as const)}
      value={value}
      isRequired
      onChange={onChange}
    />
  );
}
