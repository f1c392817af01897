import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import facts from '../../../../parts/Facts.module.css';
import shared from '../../../../parts/Together.module.css';
import type { PayeeAccount } from '../../../../queries/payouts';
import { bankReason } from '../../../../words/bankReasons';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { stepsOf } from '../../../../words/payouts';

/** What leads to the sum that a payee is paid, or why it is paid nothing. */
export function OfAccount({ account }: { account: PayeeAccount }) {
  const words = useWords(payoutWords);
  const language = useLanguage();
  const { name, since, payable_cents, not_paid, blocked_by } = account;
  return (
    <section>
      <h3>{name}</h3>
      <p className={shared.weak}>{words.since(fullDay(since, language))}</p>
      {not_paid && (
        <p className={`${shared.state} ${shared.alert}`}>
          {words.notPaid[not_paid]}
          {blocked_by && ` (${bankReason(blocked_by, language)})`}
        </p>
      )}
      <dl className={facts.sums}>
        {stepsOf(account).map(({ word, cents }) => [
          <dt key={word}>{words.steps[word]}</dt>,
          <dd key={`${word} sum`}>{euros(cents, language)}</dd>,
        ])}
        <dt className={facts.total}>{words.toPay}</dt>
        <dd className={facts.total}>{euros(payable_cents, language)}</dd>
      </dl>
    </section>
  );
}
