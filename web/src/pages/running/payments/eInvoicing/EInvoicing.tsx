import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { eInvoicingWords } from '../../../../messages/running/paymentsEInvoicing';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { More } from '../../../../parts/More';
import shared from '../../../../parts/Together.module.css';
import type { Seller } from '../../../../queries/payees';
import { submissionsQuery, undeliveredQuery } from '../../../../queries/submissions';
import { useWords } from '../../../../words/language';
import { OfSeller } from '../OfPayee';
import { SubmissionLine } from './SubmissionLine';

/** What went to platforms, and what has not arrived there. */
export function EInvoicing() {
  const words = useWords(eInvoicingWords);
  return (
    <OfSeller title={words.title} isForAll>
      {(seller) => (
        <>
          <p className={shared.lead}>{words.lead}</p>
          <Undelivered seller={seller} />
          <All seller={seller} />
        </>
      )}
    </OfSeller>
  );
}

function Undelivered({ seller: { id } }: { seller: Seller }) {
  const words = useWords(eInvoicingWords);
  const query = useQuery(undeliveredQuery(id));
  return (
    <Answer query={query}>
      {(lost) =>
        lost.length === 0 ? (
          <p>{words.allDelivered}</p>
        ) : (
          <Card title={words.undelivered(lost.length)}>
            <p className={shared.weak}>{words.againHelp}</p>
            <ul className={shared.list}>
              {lost.map((submission) => (
                <li key={submission.id}>
                  <SubmissionLine submission={submission} />
                </li>
              ))}
            </ul>
          </Card>
        )
      }
    </Answer>
  );
}

function All({ seller: { id } }: { seller: Seller }) {
  const words = useWords(eInvoicingWords);
  const query = useInfiniteQuery(submissionsQuery(id));
  return (
    <>
      <h2>{words.all}</h2>
      <Answer query={query}>
        {(submissions) =>
          submissions.length === 0 ? (
            <p className={shared.weak}>{words.none}</p>
          ) : (
            <ul className={shared.list}>
              {submissions.map((submission) => (
                <li key={submission.id}>
                  <SubmissionLine submission={submission} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}
