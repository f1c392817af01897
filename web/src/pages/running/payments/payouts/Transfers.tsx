import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import { Download } from '../../../../parts/Download';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import type { Collector } from '../../../../queries/payees';
import { type PayoutItem, rejectTransfer } from '../../../../queries/payouts';
import { loadPayoutStatement } from '../../../../queries/receivedPayouts';
import { bankReason } from '../../../../words/bankReasons';
import { fullDay } from '../../../../words/dates';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { Rejecting } from '../Rejecting';

type Words = (typeof payoutWords)['fr'];

interface TransfersProps {
  collector: Collector;
  payout: string;
  items: readonly PayoutItem[];
}

/** What became of each transfer. */
export function Transfers({ collector: { id: collector, others }, payout, items }: TransfersProps) {
  const words = useWords(payoutWords);
  const language = useLanguage();
  const names = new Map(others.map(({ id, name }) => [id, name]));
  return (
    <table className={tables.table}>
      <caption>{words.states}</caption>
      <thead>
        <tr>
          <th scope="col">{words.payee}</th>
          <th scope="col">{words.state}</th>
          <th className={tables.number} scope="col">
            {words.amount}
          </th>
          <th scope="col">{words.statement}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row">{names.get(item.payee_id) ?? words.formerSeller}</th>
            <td className={item.return_reason ? shared.alert : undefined}>
              {stateOf(item, words, language)}
              {isWaiting(item) && (
                <Rejecting
                  name={names.get(item.payee_id) ?? words.formerSeller}
                  kind="transfer"
                  send={(reason) => rejectTransfer(collector, payout, item.id, reason)}
                />
              )}
            </td>
            <td className={tables.number}>{euros(item.amount_cents, language)}</td>
            <td>
              <Download
                name={`${item.id.slice(0, 8)}.pdf`}
                label={words.statementOf(names.get(item.payee_id) ?? words.formerSeller)}
                load={() => loadPayoutStatement(collector, payout, item.id, language)}
              >
                {words.statement}
              </Download>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The bank has not answered. */
function isWaiting({ executed_on, returned_on, cancelled_on }: PayoutItem): boolean {
  return !executed_on && !returned_on && !cancelled_on;
}

function stateOf(item: PayoutItem, words: Words, language: Language): string {
  const { executed_on, returned_on, cancelled_on, return_reason } = item;
  const why = return_reason ? bankReason(return_reason, language) : words.unknownReason;
  if (returned_on) return words.returned(fullDay(returned_on, language), why);
  if (executed_on) return words.executed(fullDay(executed_on, language));
  if (cancelled_on && return_reason) return words.rejected(fullDay(cancelled_on, language), why);
  if (cancelled_on) return words.cancelled(fullDay(cancelled_on, language));
  return words.waits;
}
