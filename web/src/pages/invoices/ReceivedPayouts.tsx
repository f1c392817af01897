import { useQuery } from '@tanstack/react-query';
import { receivedPayoutWords } from '../../messages/receivedPayouts';
import { Download } from '../../parts/Download';
import shared from '../../parts/Together.module.css';
import {
  loadPayoutStatement,
  type ReceivedPayout,
  receivedPayoutsQuery,
} from '../../queries/receivedPayouts';
import { fullDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';

/** What a seller was paid by whoever collects for it; nothing where nobody does. */
export function ReceivedPayouts({ memberId }: { memberId: string }) {
  const words = useWords(receivedPayoutWords);
  const { data: payouts = [] } = useQuery(receivedPayoutsQuery(memberId));
  if (payouts.length === 0) return null;
  return (
    <section>
      <h2>{words.title}</h2>
      <p className={shared.weak}>{words.help}</p>
      <ul className={shared.list}>
        {payouts.map((payout) => (
          <Line key={payout.id} payout={payout} />
        ))}
      </ul>
    </section>
  );
}

function Line({ payout }: { payout: ReceivedPayout }) {
  const words = useWords(receivedPayoutWords);
  const language = useLanguage();
  const { id, number, payout_id, creditor_id, day, amount_cents } = payout;
  const state = stateOf(payout);
  return (
    <li>
      <p>
        {words.of(fullDay(day, language), euros(amount_cents, language))}
        {state && ` · ${words[state]}`}
      </p>
      <Download
        name={`${day}-${number}.pdf`}
        label={words.statementOf(number)}
        load={() => loadPayoutStatement(creditor_id, payout_id, id, language)}
      >
        {words.statement}
      </Download>
    </li>
  );
}

function stateOf({ executed_on, returned_on, cancelled_on }: ReceivedPayout) {
  if (returned_on || (cancelled_on && !executed_on)) return 'failed';
  return executed_on ? null : 'waits';
}
