import { useQuery } from '@tanstack/react-query';
import { eInvoicingWords } from '../../../../messages/running/paymentsEInvoicing';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import shared from '../../../../parts/Together.module.css';
import type { Seller } from '../../../../queries/payees';
import { type Submission, submissionsQuery } from '../../../../queries/submissions';
import { groupsBy } from '../../../../words/groups';
import { useWords } from '../../../../words/language';
import { isLost } from '../../../../words/submissions';
import { OfSeller } from '../OfPayee';
import { Reporting } from './Reporting';
import { SubmissionLine } from './SubmissionLine';

/** What went to platforms, and what has not arrived there. */
export function EInvoicing() {
  const words = useWords(eInvoicingWords);
  return (
    <OfSeller title={words.title}>
      {(seller) => (
        <>
          <p className={shared.lead}>{words.lead}</p>
          <Submissions seller={seller} />
        </>
      )}
    </OfSeller>
  );
}

function Submissions({ seller: { id, keepsBooks } }: { seller: Seller }) {
  const words = useWords(eInvoicingWords);
  const query = useQuery(submissionsQuery(id));
  return (
    <Answer query={query}>
      {(submissions) => {
        const lost = submissions.filter(({ state }) => isLost(state));
        const others = groupsBy(
          submissions.filter(({ state }) => !isLost(state)),
          ({ state }) => words.states[state],
        );
        return (
          <>
            {lost.length === 0 ? <p>{words.allDelivered}</p> : <Lost submissions={lost} />}
            {keepsBooks && <Reporting key={id} id={id} />}
            <h2>{words.all}</h2>
            {submissions.length === 0 && <p className={shared.weak}>{words.none}</p>}
            {[...others].map(([state, some]) => (
              <details key={state}>
                <summary>{words.ofState(some.length, state)}</summary>
                <List submissions={some} />
              </details>
            ))}
          </>
        );
      }}
    </Answer>
  );
}

function Lost({ submissions }: { submissions: readonly Submission[] }) {
  const words = useWords(eInvoicingWords);
  return (
    <Card title={words.undelivered(submissions.length)}>
      <p className={shared.weak}>{words.againHelp}</p>
      <List submissions={submissions} />
    </Card>
  );
}

function List({ submissions }: { submissions: readonly Submission[] }) {
  return (
    <ul className={shared.list}>
      {submissions.map((submission) => (
        <li key={submission.id}>
          <SubmissionLine submission={submission} />
        </li>
      ))}
    </ul>
  );
}
