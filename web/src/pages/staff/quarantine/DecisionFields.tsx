import { quarantineWords } from '../../../messages/staff/quarantine';
import { ChoiceField } from '../../../parts/ChoiceField';
import { Field } from '../../../parts/Field';
import { TickField } from '../../../parts/TickField';
import type { Decision } from '../../../queries/quarantine';
import { useWords } from '../../../words/language';

interface DecisionFieldsProps {
  decision: Decision;
  /** undefined: it can only be discarded. */
  onDecision: ((decision: Decision) => void) | undefined;
  /** What the decision does, and to whom. */
  effect: string;
}

/** What to do with records, what that does, why one does it, and that it is for good. */
export function DecisionFields({ decision, onDecision, effect }: DecisionFieldsProps) {
  const words = useWords(quarantineWords);
  return (
    <>
      {onDecision && (
        <ChoiceField
          name="decision"
          label={words.what}
          choices={words.decisions}
          chosen={decision}
          onChange={onDecision}
        />
      )}
      <p>{effect}</p>
      <Field
        name="because"
        type="text"
        maxLength={500}
        label={words.because}
        help={words.becauseHelp}
      />
      {/* Anew for another effect: that one is not agreed to yet. */}
      <TickField key={effect} name="sure" label={words.sure} isRequired />
    </>
  );
}
