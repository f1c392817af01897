import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import { Answer } from '../../../../parts/Answer';
import { Back } from '../../../../parts/Back';
import { Card } from '../../../../parts/Card';
import { Download } from '../../../../parts/Download';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import type { Collector } from '../../../../queries/payees';
import {
  cancelPayout,
  loadTransfers,
  type PayoutDetail,
  payoutQuery,
} from '../../../../queries/payouts';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';
import { OfCollector } from '../OfPayee';
import { Transfers } from './Transfers';

/** The transfers of a day: the file for the bank, and what became of each. */
export function OnePayout() {
  const words = useWords(payoutWords);
  const { operation, payout } = useParams({
    from: '/inside/o/$operation/payments/payouts/$payout',
  });
  return (
    <OfCollector
      title={words.one}
      back={
        <Back to="/o/$operation/payments/payouts" params={{ operation }} search={true}>
          {words.title}
        </Back>
      }
    >
      {(collector) => <Detail collector={collector} payout={payout} />}
    </OfCollector>
  );
}

function Detail({ collector, payout: id }: { collector: Collector; payout: string }) {
  const words = useWords(payoutWords);
  const language = useLanguage();
  const query = useQuery(payoutQuery(collector.id, id));
  return (
    <Answer query={query}>
      {(payout) => (
        <>
          <p className={shared.lead}>
            {words.of(fullDay(payout.day, language))} ·{' '}
            {words.sums(payout.transaction_count, euros(payout.total_cents, language))}.
          </p>
          {payout.cancelled_on ? (
            <p className={`${shared.state} ${shared.alert}`}>
              {words.cancelledOn(fullDay(payout.cancelled_on, language))}
            </p>
          ) : (
            <Card title={words.file}>
              <p>{words.fileHelp}</p>
              <Download name={`pain.001-${payout.day}.xml`} load={() => loadTransfers(payout)}>
                {words.load}
              </Download>
            </Card>
          )}
          <h2>{words.states}</h2>
          <Transfers collector={collector} payout={id} items={payout.items} />
          {isUnanswered(payout) && <Cancelling payout={payout} />}
        </>
      )}
    </Answer>
  );
}

/** Whether the bank may never have got it. */
function isUnanswered({ cancelled_on, items }: PayoutDetail): boolean {
  return cancelled_on === null && items.every((item) => !item.executed_on && !item.return_reason);
}

function Cancelling({ payout }: { payout: PayoutDetail }) {
  const words = useWords(payoutWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({ mutationFn: () => cancelPayout(payout), onSuccess: changed });
  return (
    <details>
      <summary>{words.cancelTitle}</summary>
      <p>{words.cancelHelp}</p>
      <SendForm attempt={attempt} submit={words.cancel} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.notSent} isRequired />
      </SendForm>
    </details>
  );
}
