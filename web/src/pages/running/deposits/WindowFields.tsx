import { depositWords } from '../../../messages/running/deposits';
import { QuietButton } from '../../../parts/QuietButton';
import { SelectField } from '../../../parts/SelectField';
import shared from '../../../parts/Together.module.css';
import { clockTime } from '../../../words/dates';
import { DAY_CHOICES, type TimeWindow } from '../../../words/depositRules';
import { type Language, useLanguage, useWords } from '../../../words/language';
import { PercentFields } from '../keys/PartFields';

interface WindowFieldsProps {
  operation: string;
  /** How it is called: the first is 1. */
  number: number;
  window: TimeWindow;
  onChange: (window: TimeWindow) => void;
  onRemove: () => void;
}

const HOURS = Array.from({ length: 25 }, (_, hour) => hour);

/** Some hours of some days, and each one's part in them. */
export function WindowFields({ operation, number, window, onChange, onRemove }: WindowFieldsProps) {
  const words = useWords(depositWords);
  const language = useLanguage();
  const { id, days, from, to, percents } = window;
  return (
    <section aria-label={words.window(number)}>
      <h3 className={shared.part}>{words.window(number)}</h3>
      <SelectField
        name={`days-${id}`}
        label={words.windowDays}
        options={DAY_CHOICES.map((choice) => [choice, words.dayKinds[choice]] as const)}
        value={days}
        onChange={(choice) => onChange({ ...window, days: choice })}
      />
      <SelectField
        name={`from-${id}`}
        label={words.from}
        options={hours(language, (hour) => hour < 24 && hour !== to)}
        value={String(from)}
        onChange={(hour) => onChange({ ...window, from: Number(hour) })}
      />
      <SelectField
        name={`to-${id}`}
        label={words.to}
        options={hours(language, (hour) => hour > 0 && hour !== from)}
        value={String(to)}
        onChange={(hour) => onChange({ ...window, to: Number(hour) })}
      />
      <PercentFields
        operation={operation}
        prms={Object.keys(percents)}
        values={percents}
        onChange={(others) => onChange({ ...window, percents: others })}
      />
      <QuietButton onPress={onRemove}>{words.removeWindow(number)}</QuietButton>
    </section>
  );
}

function hours(language: Language, isOffered: (hour: number) => boolean) {
  return HOURS.filter(isOffered).map(
    (hour) => [String(hour), clockTime(`${String(hour).padStart(2, '0')}:00`, language)] as const,
  );
}
