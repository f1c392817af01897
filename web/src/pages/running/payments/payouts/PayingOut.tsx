import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import facts from '../../../../parts/Facts.module.css';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import { StepUp } from '../../../../parts/StepUp';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { type OwedOut, payOut } from '../../../../queries/payouts';
import { bankDayFrom } from '../../../../words/bankDays';
import { dayAt, dayLater } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, sum } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';

interface PayingOutProps {
  /** Who pays. */
  payee: string;
  owed: readonly OwedOut[];
}

interface Ordered {
  day: string;
  /** What stood above the tick. */
  shown: readonly OwedOut[];
}

/** To whom how much goes, and the tick of who has looked. */
export function PayingOut({ payee, owed }: PayingOutProps) {
  const words = useWords(payoutWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const changed = usePaymentsChanged();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  // The same one, if an answer is lost and it is sent again.
  const [id] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: ({ day, shown }: Ordered) => payOut(payee, id, day, shown),
    onSuccess: async (payout) => {
      if (payout) {
        await navigate({
          to: '/o/$operation/payments/payouts/$payout',
          params: { operation, payout: id },
          search: { payee },
        });
      }
      await changed();
    },
  });
  const total = euros(sum(owed.map(({ cents }) => cents)), language);
  return (
    <>
      <dl className={facts.sums}>
        {owed.map(({ payee: to, name, cents }) => [
          <dt key={to}>{name}</dt>,
          <dd key={`${to} sum`}>{euros(cents, language)}</dd>,
        ])}
        <dt className={facts.total}>{words.total}</dt>
        <dd className={facts.total}>{total}</dd>
      </dl>
      <p>{words.summary(owed.length, total)}</p>
      <p className={shared.weak}>{words.reserve}</p>
      <SendForm
        // Other sums want another tick.
        key={owed.map(({ payee: to, cents }) => `${to} ${cents}`).join()}
        attempt={attempt}
        submit={words.make}
        onSend={(form) => attempt.mutate({ day: String(form.get('day')), shown: owed })}
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
      <StepUp
        error={attempt.error}
        onDone={() => attempt.variables && attempt.mutate(attempt.variables)}
      />
    </>
  );
}
