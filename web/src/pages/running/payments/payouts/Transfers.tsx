import { bankFileWords } from '../../../../messages/running/bankFiles';
import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import { Download } from '../../../../parts/Download';
import hidden from '../../../../parts/Hidden.module.css';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import type { Collector } from '../../../../queries/payees';
import { type PayoutItem, rejectTransfer } from '../../../../queries/payouts';
import { loadPayoutStatement } from '../../../../queries/receivedPayouts';
import { answerOf, isWaiting } from '../../../../words/bankAnswers';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { Rejecting } from '../Rejecting';

interface TransfersProps {
  collector: Collector;
  payout: string;
  items: readonly PayoutItem[];
}

/** What became of each transfer. */
export function Transfers({ collector: { id: collector, others }, payout, items }: TransfersProps) {
  const words = useWords(payoutWords);
  const file = useWords(bankFileWords);
  const language = useLanguage();
  const names = new Map(others.map(({ id, name }) => [id, name]));
  return (
    <table className={tables.table}>
      <caption className={hidden.hidden}>{words.states}</caption>
      <thead>
        <tr>
          <th scope="col">{words.payee}</th>
          <th scope="col">{file.state}</th>
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
              {answerOf(item, file, language)}
              <LostLetter item={item} />
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

/** That who is paid was not told, and why; nothing while the e-mail may still arrive. */
function LostLetter({ item: { letter } }: { item: PayoutItem }) {
  const words = useWords(payoutWords);
  const lost = letter?.recipients.find(({ status }) => status === 'failed' || status === 'bounced');
  if (!lost) return null;
  return <p className={shared.alert}>{words.letterLost(lost.reason ?? '')}</p>;
}
