import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { refundWords } from '../../../../messages/running/paymentsRefunds';
import facts from '../../../../parts/Facts.module.css';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import { StepUp } from '../../../../parts/StepUp';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { payBack, type RefundPreview } from '../../../../queries/refunds';
import { bankDayFrom } from '../../../../words/bankDays';
import { dayAt, dayLater } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { keyOf } from '../../../../words/refunds';
import { usePaymentsChanged } from '../changed';
import { Refunded } from './Refunded';

interface PayingBackProps {
  collectorId: string;
  leastCents: number;
  preview: RefundPreview;
}

interface Ordered {
  day: string;
  /** What stood above the tick. */
  shown: RefundPreview;
}

/** To which account how much goes, what is left out, and the tick of who has looked. */
export function PayingBack({ collectorId, leastCents, preview }: PayingBackProps) {
  const words = useWords(refundWords);
  const language = useLanguage();
  const changed = usePaymentsChanged();
  // The same one, if an answer is lost and it is sent again; another one after each refund.
  const [id, setId] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: ({ day, shown }: Ordered) => payBack(collectorId, id, day, leastCents, shown),
    onSuccess: async (refund) => {
      if (refund) setId(crypto.randomUUID());
      await changed();
    },
  });
  const { transfers, skipped, total_cents } = preview;
  return (
    <>
      {transfers.length === 0 && <p>{words.nothing}</p>}
      <dl className={facts.sums}>
        {transfers.map(({ customer_id, customer_name, account_end, documents, amount_cents }) => [
          <dt key={customer_id}>
            {words.to(customer_name, account_end)}
            <Refunded documents={documents} />
          </dt>,
          <dd key={`${customer_id} sum`}>{euros(amount_cents, language)}</dd>,
        ])}
      </dl>
      {skipped.length > 0 && <Skipped skipped={skipped} />}
      {transfers.length > 0 && (
        <>
          <p>{words.summary(transfers.length, euros(total_cents, language))}</p>
          <SendForm
            // Other sums want another tick.
            key={transfers.map(keyOf).join()}
            attempt={attempt}
            submit={words.make}
            onSend={(form) => attempt.mutate({ day: String(form.get('day')), shown: preview })}
          >
            <Field
              name="day"
              type="date"
              label={words.day}
              help={words.dayHelp}
              defaultValue={bankDayFrom(dayLater(dayAt(new Date()), 1))}
            />
            <TickField name="checked" label={words.checked} isRequired />
            {attempt.data === null && (
              <p className={shared.alert} role="alert">
                {words.changed}
              </p>
            )}
          </SendForm>
        </>
      )}
      <StepUp
        error={attempt.error}
        onDone={() => attempt.variables && attempt.mutate(attempt.variables)}
      />
    </>
  );
}

function Skipped({ skipped }: Pick<RefundPreview, 'skipped'>) {
  const words = useWords(refundWords);
  const language = useLanguage();
  return (
    <details>
      <summary>{words.skipped(skipped.length)}</summary>
      <ul>
        {skipped.map(({ invoice_id, number, customer_name, credit_cents, reason }) => (
          <li key={invoice_id}>
            {customer_name}, {number}, {euros(credit_cents, language)} · {words.reasons[reason]}
          </li>
        ))}
      </ul>
    </details>
  );
}
