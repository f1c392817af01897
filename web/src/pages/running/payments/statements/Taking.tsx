import { useMutation } from '@tanstack/react-query';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import { Card } from '../../../../parts/Card';
import { Refusal } from '../../../../parts/Refusal';
import { Said } from '../../../../parts/Said';
import shared from '../../../../parts/Together.module.css';
import { takeStatements } from '../../../../queries/bankTransactions';
import type { Collector } from '../../../../queries/payees';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';
import { Files } from '../Files';

const SHOWN_DIGITS = 4;

/** Where files of the bank are chosen, and what came of them. */
export function Taking({ collector: { id, creditor } }: { collector: Collector }) {
  const words = useWords(statementWords);
  const language = useLanguage();
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
      {taken?.gaps.map(({ account_end, opened_on, opening_cents, closing_before_cents }) => (
        <p key={`${account_end} ${opened_on}`} className={shared.alert}>
          {words.gap(
            account_end,
            fullDay(opened_on, language),
            euros(opening_cents, language),
            euros(closing_before_cents, language),
          )}
        </p>
      ))}
      <Refusal error={attempt.error} />
    </Card>
  );
}
