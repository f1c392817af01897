import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { depositWords } from '../../../messages/running/deposits';
import { QuietButton } from '../../../parts/QuietButton';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { depositRules, previewRules } from '../../../queries/deposits';
import { rulesOf, type TimeWindow } from '../../../words/depositRules';
import { percentsOf } from '../../../words/keyForms';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfMonth } from '../close/Step';
import { PercentFields } from '../keys/PartFields';
import { SharesPreview } from './SharesPreview';
import { WindowFields } from './WindowFields';

interface CalendarFormProps extends OfMonth {
  /** Who takes part in the month. */
  consumers: readonly string[];
}

/** A working day's hours, which is what most want to tell apart. */
const FIRST_WINDOW = { days: 'working', from: 8, to: 18 } as const;

/** A part for each one, and others in some hours of some days. */
export function CalendarForm({ operation, month, consumers }: CalendarFormProps) {
  const words = useWords(depositWords);
  const language = useLanguage();
  const changed = useChanged(operation);
  const equal = () => percentsOf(undefined, consumers, language);
  const [percents, setPercents] = useState(equal);
  const [windows, setWindows] = useState<readonly TimeWindow[]>([]);
  const rules = rulesOf(percents, windows);
  const attempt = useMutation({
    mutationFn: () => depositRules(operation, month, rules),
    onSuccess: changed,
  });
  const add = () => {
    const id = Math.max(0, ...windows.map((one) => one.id)) + 1;
    setWindows([...windows, { id, ...FIRST_WINDOW, percents: equal() }]);
  };
  return (
    <SendForm attempt={attempt} submit={words.depositRules} isWide onSend={() => attempt.mutate()}>
      {windows.map((window, place) => (
        <WindowFields
          key={window.id}
          operation={operation}
          number={place + 1}
          window={window}
          onChange={(other) => setWindows(windows.map((one) => (one === window ? other : one)))}
          onRemove={() => setWindows(windows.filter((one) => one !== window))}
        />
      ))}
      <div>
        <QuietButton onPress={add}>{words.addWindow}</QuietButton>
      </div>
      {windows.length > 1 && <p className={shared.weak}>{words.overlap}</p>}
      {windows.length > 0 && <h3 className={shared.part}>{words.parts}</h3>}
      <PercentFields
        operation={operation}
        prms={consumers}
        values={percents}
        onChange={setPercents}
      />
      <SharesPreview
        key={JSON.stringify(rules)}
        operation={operation}
        load={() => previewRules(operation, month, rules)}
      />
    </SendForm>
  );
}
