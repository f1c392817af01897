import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import { Card } from '../../../../parts/Card';
import { SendForm } from '../../../../parts/SendForm';
import { type BankTransaction, setNotOurs } from '../../../../queries/bankTransactions';
import { useWords } from '../../../../words/language';
import { usePaymentsChanged } from '../changed';

interface NotOursProps {
  collectorId: string;
  transaction: BankTransaction;
}

/** What has to do with no invoice waits no longer: the accountant finds it on 471. */
export function NotOurs({ collectorId, transaction }: NotOursProps) {
  const words = useWords(statementWords);
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const navigate = useNavigate();
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: () => setNotOurs(collectorId, transaction.id),
    onSuccess: async () => {
      await navigate({
        to: '/o/$operation/payments/statements',
        params: { operation },
        search: { payee: collectorId, matched: words.suspense },
      });
      await changed();
    },
  });
  return (
    <Card title={words.notOurs}>
      <p>{words.notOursHelp}</p>
      <SendForm attempt={attempt} submit={words.setNotOurs} onSend={() => attempt.mutate()} />
    </Card>
  );
}
