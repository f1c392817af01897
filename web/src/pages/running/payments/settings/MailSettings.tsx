import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sellerSettingsWords } from '../../../../messages/running/paymentsSettings';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Said } from '../../../../parts/Said';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { type MailPolicy, mailPolicyQuery, saveMailPolicy } from '../../../../queries/mailPolicies';
import { useWords } from '../../../../words/language';
import { usePaymentsChanged } from '../changed';

/** What goes out by e-mail without anybody asking. */
export function MailSettings({ id, collects }: { id: string; collects: boolean }) {
  const words = useWords(sellerSettingsWords);
  const query = useQuery(mailPolicyQuery(id));
  return (
    <Card title={words.mails}>
      <p>{words.mailsHelp}</p>
      <Answer query={query}>{(policy) => <Form {...{ id, policy, collects }} />}</Answer>
    </Card>
  );
}

interface FormProps {
  id: string;
  policy: MailPolicy;
  collects: boolean;
}

function Form({ id, policy, collects }: FormProps) {
  const words = useWords(sellerSettingsWords);
  const changed = usePaymentsChanged();
  const [isAutomatic, setAutomatic] = useState(policy.reminders_when_due);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveMailPolicy(id, {
        invoices: form.has('invoices'),
        // Only who collects for others is asked.
        payment_notices: collects ? form.has('payment_notices') : policy.payment_notices,
        payouts: collects ? form.has('payouts') : policy.payouts,
        pre_notifications: form.has('pre_notifications'),
        reminders: form.has('reminders') || isAutomatic,
        reminders_when_due: isAutomatic,
      }),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} onSend={attempt.mutate}>
        <TickField name="invoices" label={words.mailInvoices} isTicked={policy.invoices} />
        <TickField
          name="pre_notifications"
          label={words.mailNotices}
          isTicked={policy.pre_notifications}
        />
        {collects && (
          <TickField
            name="payment_notices"
            label={words.oneNotice}
            isTicked={policy.payment_notices}
          />
        )}
        {collects && (
          <TickField name="payouts" label={words.mailPayouts} isTicked={policy.payouts} />
        )}
        {!isAutomatic && (
          <TickField name="reminders" label={words.mailReminders} isTicked={policy.reminders} />
        )}
        <TickField
          name="reminders_when_due"
          label={words.remindByItself}
          isTicked={policy.reminders_when_due}
          onChange={setAutomatic}
        />
        {isAutomatic && <p className={shared.weak}>{words.remindByItselfHelp}</p>}
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}
