import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { bankFileWords } from '../../../../messages/running/bankFiles';
import { payoutWords } from '../../../../messages/running/paymentsPayouts';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import shared from '../../../../parts/Together.module.css';
import type { Collector } from '../../../../queries/payees';
import { type Payout, payoutPreviewQuery, payoutsQuery } from '../../../../queries/payouts';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { OfCollector } from '../OfPayee';
import { Refunds } from '../refunds/Refunds';
import { PayingOut } from './PayingOut';
import { Reserve } from './Reserve';

/** What is paid out to those for whom somebody collects. */
export function Payouts() {
  const words = useWords(payoutWords);
  return (
    <OfCollector title={words.title}>
      {(collector) => (
        <>
          {collector.others.length > 0 ? (
            <Owed key={collector.id} collector={collector} />
          ) : (
            <p>{words.forNobody(collector.name)}</p>
          )}
          <Made collector={collector} />
          <Refunds id={collector.id} />
        </>
      )}
    </OfCollector>
  );
}

function Owed({ collector: { id } }: { collector: Collector }) {
  const words = useWords(payoutWords);
  const query = useQuery(payoutPreviewQuery(id));
  return (
    <>
      <Card title={words.owed}>
        <p className={shared.weak}>{words.owedHelp}</p>
        <Answer query={query}>
          {({ payees }) => <PayingOut collectorId={id} accounts={payees} />}
        </Answer>
      </Card>
      <Reserve id={id} />
    </>
  );
}

function Made({ collector: { id } }: { collector: Collector }) {
  const words = useWords(payoutWords);
  const query = useQuery(payoutsQuery(id));
  return (
    <>
      <h2>{words.list}</h2>
      <Answer query={query}>
        {(payouts) =>
          payouts.length === 0 ? (
            <p className={shared.weak}>{words.none}</p>
          ) : (
            <ul className={shared.list}>
              {payouts.map((payout) => (
                <Line key={payout.id} payout={payout} />
              ))}
            </ul>
          )
        }
      </Answer>
    </>
  );
}

function Line({ payout }: { payout: Payout }) {
  const words = useWords(payoutWords);
  const file = useWords(bankFileWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { id, creditor_id, day, transaction_count, total_cents, cancelled_on } = payout;
  return (
    <li>
      <h3 className={shared.title}>
        <Link
          to="/o/$operation/payments/payouts/$payout"
          params={{ operation, payout: id }}
          search={{ payee: creditor_id }}
        >
          {words.of(fullDay(day, language))}
        </Link>
      </h3>
      <p className={shared.weak}>
        {words.sums(transaction_count, euros(total_cents, language))}
        {cancelled_on && ` · ${file.cancelledOn(fullDay(cancelled_on, language))}`}
      </p>
    </li>
  );
}
