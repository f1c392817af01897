import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { bankFileWords } from '../../../../messages/running/bankFiles';
import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import { Answer } from '../../../../parts/Answer';
import { Back } from '../../../../parts/Back';
import { Card } from '../../../../parts/Card';
import { Download } from '../../../../parts/Download';
import shared from '../../../../parts/Together.module.css';
import type { Collector } from '../../../../queries/payees';
import { cancelPayout, loadTransfers, payoutQuery } from '../../../../queries/payouts';
import { isUnanswered } from '../../../../words/bankAnswers';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { Cancelling } from '../Cancelling';
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
  const file = useWords(bankFileWords);
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
              {file.cancelledOn(fullDay(payout.cancelled_on, language))}
            </p>
          ) : (
            <Card title={words.file}>
              <p>{file.fileHelp}</p>
              <Download name={`pain.001-${payout.day}.xml`} load={() => loadTransfers(payout)}>
                {file.load}
              </Download>
            </Card>
          )}
          <h2>{words.states}</h2>
          <Transfers collector={collector} payout={id} items={payout.items} />
          {isUnanswered(payout) && <Cancelling words={words} cancel={() => cancelPayout(payout)} />}
        </>
      )}
    </Answer>
  );
}
