import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Field } from '../../../../parts/Field';
import { SelectField } from '../../../../parts/SelectField';
import type { Repeat } from '../../../../words/gatheringForms';
import { useWords } from '../../../../words/language';

const REPEATS: readonly Repeat[] = ['once', 'weekly', 'fortnightly', 'monthly'];

interface RepeatingProps {
  repeat: Repeat;
  onRepeat: (repeat: Repeat) => void;
}

/** Whether it comes back, and how many times; two at least, and 104 at most. */
export function Repeating({ repeat, onRepeat }: RepeatingProps) {
  const words = useWords(planningWords);
  return (
    <>
      <SelectField
        name="repeat"
        label={words.repeat}
        options={REPEATS.map((one) => [one, words.repeats[one]] as const)}
        value={repeat}
        onChange={onRepeat}
      />
      {repeat !== 'once' && (
        <Field
          name="rule/count"
          type="text"
          inputMode="numeric"
          pattern="[2-9]|[1-9]\d|10[0-4]"
          label={words.times}
          defaultValue="10"
        />
      )}
    </>
  );
}
