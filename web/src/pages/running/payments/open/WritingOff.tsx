import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { openWords } from '../../../../messages/running/paymentsOpen';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { LongField } from '../../../../parts/LongField';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import { type WriteOff, writeOff } from '../../../../queries/debts';
import type { CustomerBalance, OpenItem } from '../../../../queries/openItems';
import { linesIn } from '../../../../words/forms';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';

interface WritingOffProps {
  seller: string;
  balance: CustomerBalance;
}

/** Money that will hardly come, or never: only of what is late. */
export function WritingOff({ seller, balance }: WritingOffProps) {
  const words = useWords(openWords);
  const late = balance.items.filter((item) => item.days_overdue > 0 && !item.in_collection);
  const [first] = late;
  if (!first) return null;
  return (
    <details>
      <summary aria-label={words.writeOffOf(balance.customer_name)}>{words.writeOff}</summary>
      <Form key={first.invoice_id} seller={seller} late={late} first={first.invoice_id} />
    </details>
  );
}

interface FormProps {
  seller: string;
  late: readonly OpenItem[];
  first: string;
}

function Form({ seller, late, first }: FormProps) {
  const words = useWords(openWords);
  const language = useLanguage();
  const changed = usePaymentsChanged();
  const [invoice_id, setInvoice] = useState(first);
  const [kind, setKind] = useState<WriteOff['kind']>('doubtful');
  // Another one for another invoice; the same one, if an answer is lost and it is sent again.
  const [ids] = useState(() => new Map(late.map((item) => [item.invoice_id, crypto.randomUUID()])));
  const attempt = useMutation({
    mutationFn: (reason: string) =>
      writeOff(seller, ids.get(invoice_id) ?? crypto.randomUUID(), { invoice_id, kind, reason }),
    onSuccess: changed,
  });
  return (
    <SendForm
      attempt={attempt}
      submit={words.writeOffSend}
      onSend={(form) => attempt.mutate(linesIn(form, 'reason'))}
    >
      <SelectField
        name="invoice"
        label={words.invoice}
        options={optionsOf(late, language)}
        value={invoice_id}
        onChange={setInvoice}
      />
      <ChoiceField
        name="kind"
        label={words.kind}
        choices={words.kinds}
        chosen={kind}
        onChange={setKind}
      />
      <LongField name="reason" label={words.reason} rows={2} maxLength={500} />
      <p>{words.kindHelp[kind]}</p>
      <TickField name="checked" label={words.writeOffChecked} isRequired />
    </SendForm>
  );
}

/** Invoices to choose from, with what is open of each. */
function optionsOf(items: readonly OpenItem[], language: Language) {
  return items.map(
    ({ invoice_id, number, open_cents }) =>
      [invoice_id, `${number} · ${euros(open_cents, language)}`] as const,
  );
}
