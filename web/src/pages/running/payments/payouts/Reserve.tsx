import { useMutation, useQuery } from '@tanstack/react-query';
import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import { Answer } from '../../../../parts/Answer';
import { Field } from '../../../../parts/Field';
import { Said } from '../../../../parts/Said';
import { SendForm } from '../../../../parts/SendForm';
import shared from '../../../../parts/Together.module.css';
import { type PayoutReserve, payoutReserveQuery, saveReserve } from '../../../../queries/payouts';
import { useWords } from '../../../../words/language';
import { usePaymentsChanged } from '../changed';

/** How much of direct debits stays, as long as they may come back. */
export function Reserve({ id }: { id: string }) {
  const words = useWords(payoutWords);
  const query = useQuery(payoutReserveQuery(id));
  return (
    <details>
      <summary>{words.reserve}</summary>
      <p className={shared.weak}>{words.reserveHelp}</p>
      <Answer query={query}>{(reserve) => <Form id={id} reserve={reserve} />}</Answer>
    </details>
  );
}

function Form({ id, reserve }: { id: string; reserve: PayoutReserve }) {
  const words = useWords(payoutWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveReserve(id, {
        share_percent: Number(form.get('share_percent')),
        days: Number(form.get('days')),
      }),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.saveReserve} onSend={attempt.mutate}>
        <Field
          name="share_percent"
          type="text"
          inputMode="numeric"
          pattern="[0-9]{1,2}|100"
          label={words.share}
          help={words.shareHelp}
          defaultValue={String(reserve.share_percent)}
        />
        <Field
          name="days"
          type="text"
          inputMode="numeric"
          pattern="[0-4]?[0-9]|5[0-6]"
          label={words.reserveDays}
          help={words.reserveDaysHelp}
          defaultValue={String(reserve.days)}
        />
      </SendForm>
      <Said>{attempt.isSuccess && words.reserveSaved}</Said>
    </>
  );
}
