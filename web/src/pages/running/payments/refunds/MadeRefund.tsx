import { useMutation, useQuery } from '@tanstack/react-query';
import { refundWords } from '../../../../messages/running/paymentsRefunds';
import { Answer } from '../../../../parts/Answer';
import { Download } from '../../../../parts/Download';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import {
  cancelRefund,
  loadRefundFile,
  type Refund,
  type RefundDetail,
  type RefundItem,
  refundQuery,
  rejectRefund,
} from '../../../../queries/refunds';
import { bankReason } from '../../../../words/bankReasons';
import { fullDay } from '../../../../words/dates';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';
import { Rejecting } from '../Rejecting';

/** The refunds of a day: the file for the bank, and what became of each. */
export function MadeRefund({ refund }: { refund: Refund }) {
  const words = useWords(refundWords);
  const language = useLanguage();
  const { day, transaction_count, total_cents, cancelled_on } = refund;
  return (
    <li>
      <h3 className={shared.title}>{words.ofDay(fullDay(day, language))}</h3>
      <p className={shared.weak}>
        {words.sums(transaction_count, euros(total_cents, language))}
        {cancelled_on && ` · ${words.cancelledOn(fullDay(cancelled_on, language))}`}
      </p>
      {!cancelled_on && (
        <Download name={`pain.001-${day}.xml`} load={() => loadRefundFile(refund)}>
          {words.load}
        </Download>
      )}
      <details>
        <summary>{words.show}</summary>
        <Detail refund={refund} />
      </details>
    </li>
  );
}

function Detail({ refund }: { refund: Refund }) {
  const query = useQuery(refundQuery(refund.creditor_id, refund.id));
  return (
    <Answer query={query}>
      {(detail) => (
        <>
          <ul>
            {detail.items.map((item) => (
              <Item key={item.id} refund={refund} item={item} />
            ))}
          </ul>
          {isUnanswered(detail) && <Cancelling refund={refund} />}
        </>
      )}
    </Answer>
  );
}

function Item({ refund, item }: { refund: Refund; item: RefundItem }) {
  const words = useWords(refundWords);
  const language = useLanguage();
  const { customer_name, account_end, amount_cents, executed_on, returned_on, cancelled_on } = item;
  return (
    <li>
      {words.to(customer_name, account_end)} · {euros(amount_cents, language)} ·{' '}
      {stateOf(item, words, language)}
      {!executed_on && !returned_on && !cancelled_on && (
        <Rejecting
          name={customer_name}
          kind="transfer"
          send={(reason) => rejectRefund(refund.creditor_id, refund.id, item.id, reason)}
        />
      )}
    </li>
  );
}

function stateOf(item: RefundItem, words: (typeof refundWords)['fr'], language: Language): string {
  const { executed_on, returned_on, cancelled_on, return_reason } = item;
  const why = return_reason ? bankReason(return_reason, language) : '';
  if (returned_on) return words.returned(fullDay(returned_on, language), why);
  if (executed_on) return words.executed(fullDay(executed_on, language));
  if (cancelled_on && why) return words.rejected(fullDay(cancelled_on, language), why);
  if (cancelled_on) return words.cancelledOn(fullDay(cancelled_on, language));
  return words.waits;
}

/** Whether the bank may never have got it. */
function isUnanswered({ cancelled_on, items }: RefundDetail): boolean {
  return cancelled_on === null && items.every((item) => !item.executed_on && !item.return_reason);
}

function Cancelling({ refund }: { refund: Refund }) {
  const words = useWords(refundWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({ mutationFn: () => cancelRefund(refund), onSuccess: changed });
  return (
    <details>
      <summary>{words.cancelTitle}</summary>
      <SendForm attempt={attempt} submit={words.cancel} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.notSent} isRequired />
      </SendForm>
    </details>
  );
}
