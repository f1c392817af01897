import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { giftsWords } from '../../../messages/gifts';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { QuietButton } from '../../../parts/QuietButton';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { type GiftPeriod, giftsQuery, saveGifts } from '../../../queries/gifts';
import { monthAt, monthLater, monthName } from '../../../words/dates';
import { MONTH_FORM, textIn } from '../../../words/forms';
import { splitPeriods } from '../../../words/gifts';
import { useLanguage, useWords } from '../../../words/language';

/** The months whose energy is given, and other ones. */
export function Gifts({ operation }: { operation: string }) {
  const words = useWords(giftsWords);
  const query = useQuery(giftsQuery(operation));
  return (
    <Card title={words.title}>
      <p>{words.help}</p>
      <Answer query={query}>
        {(periods) => (
          <>
            <Periods periods={periods} />
            <Form operation={operation} periods={periods} />
          </>
        )}
      </Answer>
    </Card>
  );
}

function Periods({ periods }: { periods: readonly GiftPeriod[] }) {
  const words = useWords(giftsWords);
  const language = useLanguage();
  if (periods.length === 0) return <p>{words.none}</p>;
  return (
    <ul>
      {periods.map(({ first_month, end_month }) => (
        <li key={first_month}>
          {end_month
            ? words.between(monthName(first_month, language), monthName(end_month, language))
            : words.from(monthName(first_month, language))}
        </li>
      ))}
    </ul>
  );
}

interface FormProps {
  operation: string;
  periods: readonly GiftPeriod[];
}

/** Past periods stay; the form has the last one of the others, or a new one. */
function Form({ operation, periods }: FormProps) {
  const words = useWords(giftsWords);
  const client = useQueryClient();
  const thisMonth = monthAt(new Date());
  const { past, coming } = splitPeriods(periods, thisMonth);
  const last = coming.at(-1);
  const [first, setFirst] = useState(last?.first_month ?? monthLater(thisMonth, 1));
  const attempt = useMutation({
    mutationFn: (next: GiftPeriod[]) => saveGifts(operation, next),
    onSuccess: () => client.invalidateQueries(),
  });
  const send = (form: FormData) => {
    const period = { first_month: first, end_month: textIn(form, 'end_month') ?? null };
    attempt.mutate([...past, ...coming.slice(0, -1), period]);
  };
  return (
    <details>
      <summary>{words.change}</summary>
      <SendForm attempt={attempt} submit={words.save} onSend={send}>
        <Field
          name="first_month"
          type="month"
          pattern={MONTH_FORM}
          label={words.first}
          value={first}
          onChange={setFirst}
        />
        <Field
          name="end_month"
          type="month"
          pattern={MONTH_FORM}
          label={words.end}
          help={words.endHelp}
          defaultValue={last?.end_month ?? ''}
          validate={(month) => (month && month <= first ? words.endWrong : null)}
          isOptional
        />
      </SendForm>
      <Removal periods={periods} onRemove={(kept) => attempt.mutate(kept)} />
      <Said>{attempt.isSuccess && words.saved}</Said>
    </details>
  );
}

interface RemovalProps {
  periods: readonly GiftPeriod[];
  onRemove: (kept: GiftPeriod[]) => void;
}

/** Of the last period, which the form can only shorten. */
function Removal({ periods, onRemove }: RemovalProps) {
  const words = useWords(giftsWords);
  const language = useLanguage();
  const last = periods.at(-1);
  if (!last) return null;
  return (
    <>
      <p>{words.removeHelp}</p>
      <QuietButton onPress={() => onRemove(periods.slice(0, -1))}>
        {words.remove(monthName(last.first_month, language))}
      </QuietButton>
    </>
  );
}
