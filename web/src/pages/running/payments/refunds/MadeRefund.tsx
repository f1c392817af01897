import { useQuery } from '@tanstack/react-query';
import { bankFileWords } from '../../../../messages/running/bankFiles';
import { refundWords } from '../../../../messages/running/paymentsRefunds';
import { Answer } from '../../../../parts/Answer';
import { Download } from '../../../../parts/Download';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import {
  cancelRefund,
  loadRefundFile,
  type Refund,
  type RefundItem,
  refundQuery,
  rejectRefund,
} from '../../../../queries/refunds';
import { answerOf, isUnanswered, isWaiting } from '../../../../words/bankAnswers';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { Cancelling } from '../Cancelling';
import { Rejecting } from '../Rejecting';
import { Refunded } from './Refunded';

/** The refunds of a day: the file for the bank, and what became of each. */
export function MadeRefund({ refund }: { refund: Refund }) {
  const words = useWords(refundWords);
  const file = useWords(bankFileWords);
  const language = useLanguage();
  const { day, transaction_count, total_cents, cancelled_on } = refund;
  return (
    <li>
      <h3 className={shared.title}>{words.ofDay(fullDay(day, language))}</h3>
      <p className={shared.weak}>
        {words.sums(transaction_count, euros(total_cents, language))}
        {cancelled_on && ` · ${file.cancelledOn(fullDay(cancelled_on, language))}`}
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
  const words = useWords(refundWords);
  const query = useQuery(refundQuery(refund.creditor_id, refund.id));
  return (
    <Answer query={query}>
      {(detail) => (
        <>
          <Items refund={refund} items={detail.items} />
          {isUnanswered(detail) && <Cancelling words={words} cancel={() => cancelRefund(refund)} />}
        </>
      )}
    </Answer>
  );
}

function Items({ refund, items }: { refund: Refund; items: readonly RefundItem[] }) {
  const words = useWords(refundWords);
  const file = useWords(bankFileWords);
  const language = useLanguage();
  return (
    <table className={tables.table}>
      <caption>{words.show}</caption>
      <thead>
        <tr>
          <th scope="col">{words.customer}</th>
          <th scope="col">{file.state}</th>
          <th className={tables.number} scope="col">
            {words.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row">
              {words.to(item.customer_name, item.account_end)}
              <Refunded documents={item.documents} />
            </th>
            <td className={item.return_reason ? shared.alert : undefined}>
              {answerOf(item, file, language)}
              {isWaiting(item) && (
                <Rejecting
                  name={item.customer_name}
                  kind="transfer"
                  send={(reason) => rejectRefund(refund.creditor_id, refund.id, item.id, reason)}
                />
              )}
            </td>
            <td className={tables.number}>{euros(item.amount_cents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
