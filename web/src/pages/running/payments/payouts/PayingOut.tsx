import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import { StepUp } from '../../../../parts/StepUp';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { type PayeeAccount, payOut } from '../../../../queries/payouts';
import { bankDayFrom } from '../../../../words/bankDays';
import { dayAt, dayLater } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, sum } from '../../../../words/numbers';
import { isMoving } from '../../../../words/payouts';
import { usePaymentsChanged } from '../changed';
import { OfAccount } from './OfAccount';

interface PayingOutProps {
  /** Who pays. */
  collectorId: string;
  accounts: readonly PayeeAccount[];
}

interface Ordered {
  day: string;
  /** What stood above the tick. */
  shown: readonly PayeeAccount[];
}

/** To whom how much goes, what is kept, and the tick of who has looked. */
export function PayingOut({ collectorId, accounts }: PayingOutProps) {
  const words = useWords(payoutWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const changed = usePaymentsChanged();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  // The same one, if an answer is lost and it is sent again.
  const [id] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: ({ day, shown }: Ordered) => payOut(collectorId, id, day, shown),
    onSuccess: async (payout) => {
      if (payout) {
        await navigate({
          to: '/o/$operation/payments/payouts/$payout',
          params: { operation, payout: id },
          search: { payee: collectorId },
        });
      }
      await changed();
    },
  });
  const paid = accounts.filter(({ payable_cents }) => payable_cents > 0);
  const total = euros(sum(paid.map(({ payable_cents }) => payable_cents)), language);
  const moving = accounts.filter(isMoving);
  if (moving.length === 0) return <p>{words.nothing}</p>;
  return (
    <>
      {moving.map((account) => (
        <OfAccount key={account.payee_id} account={account} />
      ))}
      {paid.length > 0 && <p>{words.summary(paid.length, total)}</p>}
      {paid.length > 0 && (
        <SendForm
          // Other sums want another tick.
          key={paid.map(({ payee_id, payable_cents }) => `${payee_id} ${payable_cents}`).join()}
          attempt={attempt}
          submit={words.make}
          onSend={(form) => attempt.mutate({ day: String(form.get('day')), shown: paid })}
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
      )}
      <StepUp
        error={attempt.error}
        onDone={() => attempt.variables && attempt.mutate(attempt.variables)}
      />
    </>
  );
}
