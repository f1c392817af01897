import { pricesWords } from '../../../../messages/running/prices';
import { SelectField } from '../../../../parts/SelectField';
import type { Index } from '../../../../queries/priceLists';
import { useWords } from '../../../../words/language';

interface IndexFieldProps {
  name?: string;
  indexes: readonly Index[];
  /** empty: none. */
  value: string;
  onChange: (name: string) => void;
}

/** Which index multiplies a price or a fee, where there is one. */
export function IndexField({ name = 'index', indexes, value, onChange }: IndexFieldProps) {
  const words = useWords(pricesWords);
  if (indexes.length === 0) return null;
  return (
    <SelectField
      name={name}
      label={words.indexedBy}
      options={[
        ['', words.noIndex],
        ...indexes.map((index) => [index.name, words.index(index.name)] as const),
      ]}
      value={value}
      onChange={onChange}
    />
  );
}
