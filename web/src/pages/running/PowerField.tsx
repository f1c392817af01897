import { pointFormWords } from '../../messages/running/pointForm';
import { Field } from '../../parts/Field';
import { useLanguage, useWords } from '../../words/language';
import { POWER_FORM, thousandsText } from '../../words/participants';

interface PowerFieldProps {
  name: string;
  /** Of a plant in kWc, of a supply in kVA. */
  isPlant: boolean;
  /** What is recorded, in W or VA. */
  recorded?: number | null;
  isOptional?: boolean;
}

/** How much a point can produce or draw. */
export function PowerField({
  name,
  isPlant,
  recorded = null,
  isOptional = false,
}: PowerFieldProps) {
  const words = useWords(pointFormWords);
  const language = useLanguage();
  return (
    <Field
      name={name}
      type="text"
      inputMode="decimal"
      pattern={POWER_FORM}
      label={isPlant ? words.peakPower : words.subscribed}
      help={isPlant ? words.peakPowerHelp : words.subscribedHelp}
      defaultValue={recorded === null ? '' : thousandsText(recorded, language)}
      isOptional={isOptional}
    />
  );
}
