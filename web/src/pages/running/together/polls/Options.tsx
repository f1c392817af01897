import { pollingWords } from '../../../../messages/running/togetherPolls';
import { Field } from '../../../../parts/Field';
import { LongField } from '../../../../parts/LongField';
import { SelectField } from '../../../../parts/SelectField';
import type { Poll } from '../../../../queries/polls';
import { useWords } from '../../../../words/language';

/** Twenty, each of a line's length. */
const MOST_CHARACTERS = 4000;

interface OptionsProps {
  isMultiple: boolean;
  maxChoices: number;
  options: Poll['options'];
  onLines: (lines: string) => void;
  /** Empty: any. */
  adopting: string;
  onAdopting: (id: string) => void;
}

/** What can be chosen, and what of it adopts the motion. */
export function Options(props: OptionsProps) {
  const { isMultiple, maxChoices, options, onLines, adopting, onAdopting } = props;
  const words = useWords(pollingWords);
  return (
    <>
      <LongField
        name="options"
        label={words.options}
        help={words.optionsHelp}
        rows={4}
        maxLength={MOST_CHARACTERS}
        defaultValue={options.map(({ label }) => label).join('\n')}
        onChange={onLines}
      />
      {isMultiple && (
        <Field
          name="max_choices"
          type="text"
          inputMode="numeric"
          pattern="[1-9]|1\d|20"
          label={words.maxChoices}
          defaultValue={String(maxChoices)}
        />
      )}
      <SelectField
        name="adopting_option"
        label={words.adopting}
        options={[['', words.anyWinner], ...options.map(({ id, label }) => [id, label] as const)]}
        value={adopting}
        onChange={onAdopting}
      />
    </>
  );
}
