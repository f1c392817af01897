import { useMutation, useQuery } from '@tanstack/react-query';
import { openWords } from '../../../../messages/running/paymentsOpen';
import { Card } from '../../../../parts/Card';
import { Said } from '../../../../parts/Said';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { mailPolicyQuery } from '../../../../queries/mailPolicies';
import type { CustomerBalance } from '../../../../queries/openItems';
import type { Seller } from '../../../../queries/payees';
import { remind, type Schedule } from '../../../../queries/reminders';
import { dayAt, fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, sum } from '../../../../words/numbers';
import { dueReminders } from '../../../../words/reminders';
import { usePaymentsChanged } from '../changed';

interface RemindingProps {
  seller: Seller;
  balances: readonly CustomerBalance[];
  schedules: readonly Schedule[];
}

/** The reminders that are due, made at once. */
export function Reminding({ seller, balances, schedules }: RemindingProps) {
  const words = useWords(openWords);
  const language = useLanguage();
  const changed = usePaymentsChanged();
  const { data: policy } = useQuery(mailPolicyQuery(seller.id));
  const today = dayAt(new Date());
  const attempt = useMutation({
    // The day that is shown, though it may be over since.
    mutationFn: () => remind(seller.id, today),
    onSuccess: changed,
  });
  const due = dueReminders(
    balances.flatMap(({ items }) => items),
    schedules,
    today,
  );
  const cents = sum(due.map(({ open_cents }) => open_cents));
  return (
    <Card title={words.remindTitle}>
      <Said>{attempt.isSuccess && words.reminded(attempt.data.length)}</Said>
      {due.length === 0 ? (
        <p className={shared.weak}>{words.noneDue}</p>
      ) : (
        <>
          <p>
            {words.remindHelp(due.length, euros(cents, language), fullDay(today, language))}{' '}
            {policy && (policy.reminders ? words.mailed : words.notMailed)}
          </p>
          <p className={shared.weak}>{words.bankFirst}</p>
          <SendForm
            attempt={attempt}
            submit={words.remind(due.length)}
            onSend={() => attempt.mutate()}
          >
            <TickField name="checked" label={words.checked} isRequired />
          </SendForm>
        </>
      )}
    </Card>
  );
}
