import { useMutation } from '@tanstack/react-query';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import { Card } from '../../../../parts/Card';
import { Refusal } from '../../../../parts/Refusal';
import { Said } from '../../../../parts/Said';
import { takeStatements } from '../../../../queries/bankTransactions';
import type { Collector } from '../../../../queries/payees';
import { useWords } from '../../../../words/language';
import { usePaymentsChanged } from '../changed';
import { Files } from '../Files';

const SHOWN_DIGITS = 4;

/** Where files of the bank are chosen, and what came of them. */
export function Taking({ collector: { id, creditor } }: { collector: Collector }) {
  const words = useWords(statementWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: (files: readonly File[]) => takeStatements(id, files),
    // Of several files, those before one that is refused are taken in.
    onSettled: changed,
  });
  const { data: taken } = attempt;
  return (
    <Card title={words.take}>
      <p>{words.takeHelp(creditor.iban.slice(-SHOWN_DIGITS))}</p>
      <Files
        label={words.choose}
        onFiles={(files) => !attempt.isPending && attempt.mutate(files)}
      />
      {attempt.isPending && <p role="status">{words.coming}</p>}
      <Said>{taken ? words.taken(taken.transactions, taken.new, taken.matched) : null}</Said>
      <Refusal error={attempt.error} />
    </Card>
  );
}
