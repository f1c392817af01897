import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sellerSettingsWords } from '../../../../messages/running/paymentsSettings';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Field } from '../../../../parts/Field';
import { Said } from '../../../../parts/Said';
import { SendForm } from '../../../../parts/SendForm';
import { type Schedule, saveSchedule, schedulesQuery } from '../../../../queries/reminders';
import { dayAt, fullDay } from '../../../../words/dates';
import { countsIn, DAYS_FORM, textIn } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { daysOf } from '../../../../words/reminders';
import { usePaymentsChanged } from '../changed';

/** How many days after an invoice was due its payer is reminded. */
export function ReminderSettings({ id }: { id: string }) {
  const words = useWords(sellerSettingsWords);
  const query = useQuery(schedulesQuery(id));
  return (
    <Card title={words.reminders}>
      <p>{words.remindersHelp}</p>
      <Answer query={query}>
        {(schedules) => (
          <>
            <Schedules schedules={schedules} />
            <Form id={id} schedules={schedules} />
          </>
        )}
      </Answer>
    </Card>
  );
}

function Schedules({ schedules }: { schedules: readonly Schedule[] }) {
  const words = useWords(sellerSettingsWords);
  const language = useLanguage();
  const usual = daysOf(dayAt(new Date()), []);
  if (schedules.length === 0) return <p>{words.usually(usual)}</p>;
  return (
    <ul>
      {schedules.map(({ valid_from, after_days }) => (
        <li key={valid_from}>{words.daysFrom(after_days, fullDay(valid_from, language))}</li>
      ))}
    </ul>
  );
}

interface FormProps {
  id: string;
  schedules: readonly Schedule[];
}

function Form({ id, schedules }: FormProps) {
  const words = useWords(sellerSettingsWords);
  const language = useLanguage();
  const changed = usePaymentsChanged();
  const today = dayAt(new Date());
  const [text, setText] = useState(daysOf(today, schedules).join(', '));
  const [from, setFrom] = useState(today);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveSchedule(id, {
        after_days: countsIn(text),
        valid_from: textIn(form, 'valid_from') ?? today,
      }),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} onSend={attempt.mutate}>
        <Field
          name="after_days"
          type="text"
          pattern={DAYS_FORM}
          label={words.afterDays}
          help={words.afterDaysHelp}
          defaultValue={text}
          onChange={setText}
        />
        <Field
          name="valid_from"
          type="date"
          label={words.dueFrom}
          help={words.dueFromHelp}
          defaultValue={today}
          onChange={setFrom}
        />
        {from && countsIn(text).length > 0 && (
          <p>{words.daysFrom(countsIn(text), fullDay(from, language))}</p>
        )}
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}
