import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import { Card } from '../../../../parts/Card';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import {
  assignTransfer,
  type BankTransaction,
  type TransferCandidate,
  transferCandidatesQuery,
} from '../../../../queries/bankTransactions';
import { fullDay } from '../../../../words/dates';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { directionOf } from '../../../../words/matching';
import { usePaymentsChanged } from '../changed';

interface OurTransferProps {
  collectorId: string;
  transaction: BankTransaction;
}

/** A transfer of our files that the bank made or sent back without saying which; if any fits. */
export function OurTransfer({ collectorId, transaction }: OurTransferProps) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const navigate = useNavigate();
  const changed = usePaymentsChanged();
  const { data: transfers } = useQuery(transferCandidatesQuery(collectorId, transaction.id));
  const [chosen, setChosen] = useState('');
  const attempt = useMutation({
    mutationFn: ({ id }: TransferCandidate) => assignTransfer(collectorId, transaction.id, id),
    onSuccess: async (_, transfer) => {
      await navigate({
        to: '/o/$operation/payments/statements',
        params: { operation },
        search: { payee: collectorId, matched: nameOf(transfer, words, language) },
      });
      await changed();
    },
  });
  if (!transfers?.length) return null;
  const told = words.transfer[directionOf(transaction)];
  return (
    <Card title={told.title}>
      <p>{told.help}</p>
      <SendForm
        attempt={attempt}
        submit={words.confirm}
        onSend={() => {
          const transfer = transfers.find(({ id }) => id === chosen);
          if (transfer) attempt.mutate(transfer);
        }}
      >
        <SelectField
          name="transfer"
          label={words.transfer.which}
          options={[
            ['', words.transfer.choose] as const,
            ...transfers.map(
              (transfer) => [transfer.id, nameOf(transfer, words, language)] as const,
            ),
          ]}
          value={chosen}
          onChange={setChosen}
          isRequired
        />
      </SendForm>
    </Card>
  );
}

function nameOf(
  { name, day, is_refund, is_cancelled, numbers }: TransferCandidate,
  words: (typeof statementWords)['fr'],
  language: Language,
): string {
  const kind = is_refund ? words.transfer.refund : words.transfer.payout;
  const named = kind(name, fullDay(day, language), numbers.join(', '));
  return is_cancelled ? words.transfer.cancelled(named) : named;
}
