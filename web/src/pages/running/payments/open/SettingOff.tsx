import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { openWords } from '../../../../messages/running/paymentsOpen';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import { setOff } from '../../../../queries/debts';
import type { CustomerBalance, OpenItem } from '../../../../queries/openItems';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';

interface SettingOffProps {
  seller: string;
  balance: CustomerBalance;
}

/** What a customer is owed pays what they owe: nothing where one of the two is not. */
export function SettingOff({ seller, balance }: SettingOffProps) {
  const words = useWords(openWords);
  const credits = balance.items.filter(({ open_cents }) => open_cents < 0);
  const debts = balance.items.filter((item) => item.open_cents > 0 && !item.in_collection);
  const [credit] = credits;
  const [debt] = debts;
  if (!credit || !debt) return null;
  return (
    <details>
      <summary aria-label={words.setOffOf(balance.customer_name)}>{words.setOff}</summary>
      <Form
        key={`${credit.invoice_id} ${debt.invoice_id}`}
        seller={seller}
        credits={credits}
        debts={debts}
        first={{ credit, debt }}
      />
    </details>
  );
}

interface FormProps {
  seller: string;
  credits: readonly OpenItem[];
  debts: readonly OpenItem[];
  first: { credit: OpenItem; debt: OpenItem };
}

function Form({ seller, credits, debts, first }: FormProps) {
  const words = useWords(openWords);
  const language = useLanguage();
  const changed = usePaymentsChanged();
  const [credit_id, setCredit] = useState(first.credit.invoice_id);
  const [invoice_id, setDebt] = useState(first.debt.invoice_id);
  // The same one, if an answer is lost and it is sent again.
  const [id] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: () => setOff(seller, id, { credit_id, invoice_id }),
    onSuccess: changed,
  });
  return (
    <>
      <p>{words.setOffHelp}</p>
      <SendForm attempt={attempt} submit={words.setOffSend} onSend={() => attempt.mutate()}>
        <SelectField
          name="credit"
          label={words.creditOf}
          options={optionsOf(credits, language)}
          value={credit_id}
          onChange={setCredit}
        />
        <SelectField
          name="debt"
          label={words.debtOf}
          options={optionsOf(debts, language)}
          value={invoice_id}
          onChange={setDebt}
        />
        <TickField name="checked" label={words.setOffChecked} isRequired />
      </SendForm>
    </>
  );
}

/** Invoices to choose from, with what is open of each. */
export function optionsOf(items: readonly OpenItem[], language: Language) {
  return items.map(
    ({ invoice_id, number, open_cents }) =>
      [invoice_id, `${number} · ${euros(Math.abs(open_cents), language)}`] as const,
  );
}
