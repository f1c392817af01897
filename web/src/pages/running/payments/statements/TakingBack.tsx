import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import go from '../../../../parts/Go.module.css';
import { SendForm } from '../../../../parts/SendForm';
import { type BankTransaction, takeBack } from '../../../../queries/bankTransactions';
import { useLanguage, useWords } from '../../../../words/language';
import { signedEuros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';

interface TakingBackProps {
  collectorId: string;
  transaction: BankTransaction;
}

/** What was said of a movement is taken back, after a second look. */
export function TakingBack({ collectorId, transaction }: TakingBackProps) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const [isAsked, setAsked] = useState(false);
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: () => takeBack(collectorId, transaction.id),
    onSuccess: changed,
  });
  const { amount_cents, party_name } = transaction;
  const sum = signedEuros(amount_cents, language);
  if (!isAsked) {
    return (
      <Button
        className={go.quiet ?? ''}
        aria-label={words.takeBackOf(sum, party_name ?? words.unknownParty)}
        onPress={() => setAsked(true)}
      >
        {words.takeBack}
      </Button>
    );
  }
  return (
    <>
      <p>{words.takeBackHelp}</p>
      <SendForm attempt={attempt} submit={words.reallyTakeBack} onSend={() => attempt.mutate()} />
    </>
  );
}
