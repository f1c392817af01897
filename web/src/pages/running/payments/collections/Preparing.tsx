import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import { Card } from '../../../../parts/Card';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import {
  type CollectionDays,
  type CollectionPreview,
  previewCollection,
} from '../../../../queries/collections';
import type { Collector } from '../../../../queries/payees';
import { bankDayFrom } from '../../../../words/bankDays';
import { dayAt, dayLater } from '../../../../words/dates';
import { useWords } from '../../../../words/language';
import { Preview } from './Preview';

interface Shown {
  days: CollectionDays;
  preview: CollectionPreview;
}

/** A day is chosen, who would be debited on it is shown, and then it is made. */
export function Preparing({ collector }: { collector: Collector }) {
  const words = useWords(collectionWords);
  const [shown, setShown] = useState<Shown | null>(null);
  const { day } = useSearch({ from: '/inside/o/$operation/payments/collections' });
  const today = dayAt(new Date());
  const { notice_days } = collector.creditor;
  const first = bankDayFrom(dayLater(today, Math.max(notice_days, 1)));
  const attempt = useMutation({
    mutationFn: async (collection_date: string) => {
      const days = { collection_date, notified_on: today };
      return { days, preview: await previewCollection(collector.id, days) };
    },
    onSuccess: setShown,
  });
  return (
    <Card title={words.prepare}>
      <SendForm
        attempt={attempt}
        submit={words.preview}
        onSend={(form) => {
          setShown(null);
          attempt.mutate(String(form.get('day')));
        }}
      >
        <Field
          name="day"
          type="date"
          label={words.day}
          help={words.dayHelp(notice_days)}
          defaultValue={day && day > first ? day : first}
        />
      </SendForm>
      {shown && (
        <Preview
          key={`${shown.days.collection_date} ${attempt.submittedAt}`}
          collector={collector}
          days={shown.days}
          preview={shown.preview}
        />
      )}
    </Card>
  );
}
