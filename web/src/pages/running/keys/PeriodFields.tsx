import { useState } from 'react';
import { simulationWords } from '../../../messages/running/simulations';
import { SelectField } from '../../../parts/SelectField';
import { monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';

/** A year, or what there is of it. */
const USUAL_MONTHS = 12;

/** The first and the last month; both begin as the last year that is over. */
export function PeriodFields({ months }: { months: readonly string[] }) {
  const words = useWords(simulationWords);
  const language = useLanguage();
  const [from, setFrom] = useState(months[Math.min(USUAL_MONTHS, months.length) - 1] ?? '');
  const [to, setTo] = useState(months[0] ?? '');
  const options = months.map((month) => [month, monthName(month, language)] as const);
  return (
    <>
      <SelectField
        name="from"
        label={words.from}
        options={options}
        value={from}
        onChange={setFrom}
      />
      <SelectField name="to" label={words.to} options={options} value={to} onChange={setTo} />
    </>
  );
}
