import { useQuery } from '@tanstack/react-query';
import { refundWords } from '../../../../messages/running/paymentsRefunds';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import shared from '../../../../parts/Together.module.css';
import { refundPreviewQuery, refundsQuery } from '../../../../queries/refunds';
import { useWords } from '../../../../words/language';
import { MadeRefund } from './MadeRefund';
import { PayingBack } from './PayingBack';

/** As little as a bank transfers. */
const LEAST_CENTS = 1;

/** Credits of customers, and what was paid back to them; beside the payouts. */
export function Refunds({ id }: { id: string }) {
  const words = useWords(refundWords);
  const preview = useQuery(refundPreviewQuery(id, LEAST_CENTS));
  const refunds = useQuery(refundsQuery(id));
  return (
    <>
      <Card title={words.owed}>
        <p className={shared.weak}>{words.help}</p>
        <Answer query={preview}>
          {(shown) => <PayingBack collectorId={id} leastCents={LEAST_CENTS} preview={shown} />}
        </Answer>
      </Card>
      <h2>{words.list}</h2>
      <Answer query={refunds}>
        {(made) =>
          made.length === 0 ? (
            <p className={shared.weak}>{words.none}</p>
          ) : (
            <ul className={shared.list}>
              {made.map((refund) => (
                <MadeRefund key={refund.id} refund={refund} />
              ))}
            </ul>
          )
        }
      </Answer>
    </>
  );
}
