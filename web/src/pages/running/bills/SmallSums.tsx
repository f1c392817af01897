import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { correctionsWords } from '../../../messages/running/corrections';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { saveThresholds, type Thresholds, thresholdsQuery } from '../../../queries/thresholds';
import { centsOf, EUROS_FORM, eurosTyped, textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';

const LEAST = ['invoice_cents', 'debit_cents', 'remind_cents', 'correct_cents'] as const;

/** From which sums on an operation invoices, debits, reminds and corrects. */
export function SmallSums({ operation }: { operation: string }) {
  const words = useWords(correctionsWords);
  const query = useQuery(thresholdsQuery(operation));
  return (
    <Card title={words.small}>
      <p>{words.smallHelp}</p>
      <Answer query={query}>{(least) => <Form operation={operation} least={least} />}</Answer>
    </Card>
  );
}

function Form({ operation, least }: { operation: string; least: Thresholds }) {
  const words = useWords(correctionsWords);
  const language = useLanguage();
  const client = useQueryClient();
  const attempt = useMutation({
    mutationFn: (form: FormData) => {
      const cents = (name: keyof Thresholds) => centsOf(textIn(form, name) ?? '0');
      return saveThresholds(operation, {
        invoice_cents: cents('invoice_cents'),
        debit_cents: cents('debit_cents'),
        remind_cents: cents('remind_cents'),
        correct_cents: cents('correct_cents'),
      });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['thresholds', operation] }),
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} onSend={(form) => attempt.mutate(form)}>
        {LEAST.map((name) => (
          <Field
            key={name}
            name={name}
            type="text"
            inputMode="decimal"
            pattern={EUROS_FORM}
            label={words.least[name]}
            defaultValue={eurosTyped(least[name], language)}
          />
        ))}
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}
