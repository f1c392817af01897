import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { foundDocumentsWords } from '../../../../messages/running/foundDocuments';
import { Answer } from '../../../../parts/Answer';
import { BackToBills } from '../../../../parts/Back';
import facts from '../../../../parts/Facts.module.css';
import { Heading } from '../../../../parts/Heading';
import { More } from '../../../../parts/More';
import { Why } from '../../../../parts/Why';
import { foundDocumentsQuery } from '../../../../queries/foundDocuments';
import { membersQuery } from '../../../../queries/perimeters';
import { useWords } from '../../../../words/language';
import { FoundRows } from './FoundRows';
import { Looking } from './Looking';
import { Narrowing } from './Narrowing';

const FROM = '/inside/o/$operation/bills/documents';

/** Documents of an operation, by number, reference, customer and how they stand. */
export function Found() {
  const words = useWords(foundDocumentsWords);
  const { operation } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const query = useInfiniteQuery(foundDocumentsQuery(operation, search));
  return (
    <>
      <BackToBills operation={operation} />
      <Heading>{words.title}</Heading>
      <Looking operation={operation} />
      <Sought />
      <Narrowing key={JSON.stringify(search)} operation={operation} />
      <Answer query={query}>
        {(documents) =>
          documents.length === 0 ? (
            <p className={facts.lead}>{words.none}</p>
          ) : (
            <>
              <FoundRows operation={operation} documents={documents} />
              <More query={query}>{words.more}</More>
            </>
          )
        }
      </Answer>
      <Why>
        <p>{words.because}</p>
      </Why>
    </>
  );
}

/** The number or the customer that the address names, and the way to all again. */
function Sought() {
  const words = useWords(foundDocumentsWords);
  const { operation } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const { data: members } = useQuery({
    ...membersQuery(operation),
    enabled: search.customer !== undefined,
  });
  if (Object.keys(search).length === 0) return null;
  const customer = members?.find(({ id }) => id === search.customer);
  return (
    <div className={facts.actions}>
      {search.number && <span>{words.numbered(search.number)}</span>}
      {customer && (
        <>
          <span>{words.of(customer.name)}</span>
          <Link
            to="/o/$operation/payments/customers/$customer"
            params={{ operation, customer: customer.id }}
          >
            {words.account}
          </Link>
        </>
      )}
      <Link to="/o/$operation/bills/documents" params={{ operation }} search={{}}>
        {words.clear}
      </Link>
    </div>
  );
}
