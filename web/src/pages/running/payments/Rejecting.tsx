import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { bankReasonWords } from '../../../messages/running/bankReasons';
import { rejectingWords } from '../../../messages/running/paymentsRejecting';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { bankReason } from '../../../words/bankReasons';
import { useLanguage, useWords } from '../../../words/language';
import { usePaymentsChanged } from './changed';

interface RejectingProps {
  /** Of whom the money is, for who listens. */
  name: string;
  kind: 'debit' | 'transfer';
  send: (reason: string) => Promise<unknown>;
}

/** What a bank said by letter or telephone of one of its orders, where no file of it came. */
export function Rejecting({ name, kind, send }: RejectingProps) {
  const words = useWords(rejectingWords);
  const language = useLanguage();
  const changed = usePaymentsChanged();
  const codes = Object.keys(bankReasonWords[language]);
  // No reason is given because it comes first in a list: some of them end a mandate.
  const [reason, setReason] = useState('');
  const attempt = useMutation({ mutationFn: () => send(reason), onSuccess: changed });
  return (
    <details>
      <summary aria-label={words.titleOf(name)}>{words.title}</summary>
      <p>{words.help[kind]}</p>
      <SendForm attempt={attempt} submit={words.record} onSend={() => attempt.mutate()}>
        <SelectField
          name="reason"
          label={words.reason}
          options={[
            ['', words.choose] as const,
            ...codes.map((code) => [code, bankReason(code, language)] as const),
          ]}
          isRequired
          value={reason}
          onChange={setReason}
        />
        <TickField name="checked" label={words.checked} isRequired />
      </SendForm>
    </details>
  );
}
