import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { bankFileWords } from '../../../../messages/running/bankFiles';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import { Answer } from '../../../../parts/Answer';
import { More } from '../../../../parts/More';
import shared from '../../../../parts/Together.module.css';
import { type Collection, collectionsQuery } from '../../../../queries/collections';
import type { Collector } from '../../../../queries/payees';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { OfCollector } from '../OfPayee';
import { Preparing } from './Preparing';
import { Reporting } from './Reporting';

/** Direct debits: made here, and those that were made. */
export function Collections() {
  const words = useWords(collectionWords);
  return (
    <OfCollector title={words.title}>
      {(collector) => (
        <>
          {collector.creditor.ics ? (
            <Preparing key={collector.id} collector={collector} />
          ) : (
            <p>{words.noIcs}</p>
          )}
          <Made collector={collector} />
          <Reporting collectorId={collector.id} />
        </>
      )}
    </OfCollector>
  );
}

function Made({ collector: { id } }: { collector: Collector }) {
  const words = useWords(collectionWords);
  const query = useInfiniteQuery(collectionsQuery(id));
  return (
    <>
      <h2>{words.list}</h2>
      <Answer query={query}>
        {(collections) =>
          collections.length === 0 ? (
            <p className={shared.weak}>{words.none}</p>
          ) : (
            <ul className={shared.list}>
              {collections.map((collection) => (
                <Line key={collection.id} collection={collection} />
              ))}
            </ul>
          )
        }
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}

function Line({ collection }: { collection: Collection }) {
  const words = useWords(collectionWords);
  const file = useWords(bankFileWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { id, creditor_id, day, transaction_count, total_cents, cancelled_on } = collection;
  return (
    <li>
      <h3 className={shared.title}>
        <Link
          to="/o/$operation/payments/collections/$collection"
          params={{ operation, collection: id }}
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
