import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { bankFileWords } from '../../../../messages/running/bankFiles';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import { Answer } from '../../../../parts/Answer';
import { Back } from '../../../../parts/Back';
import { Card } from '../../../../parts/Card';
import { Download } from '../../../../parts/Download';
import shared from '../../../../parts/Together.module.css';
import {
  type CollectionDetail,
  cancelCollection,
  collectionQuery,
  loadDebits,
} from '../../../../queries/collections';
import { isUnanswered } from '../../../../words/bankAnswers';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { Cancelling } from '../Cancelling';
import { OfCollector } from '../OfPayee';
import { Items } from './Items';

/** The direct debits of a day: the file for the bank, and what became of each. */
export function OneCollection() {
  const words = useWords(collectionWords);
  const { operation, collection } = useParams({
    from: '/inside/o/$operation/payments/collections/$collection',
  });
  return (
    <OfCollector
      title={words.one}
      back={
        <Back to="/o/$operation/payments/collections" params={{ operation }} search={true}>
          {words.title}
        </Back>
      }
    >
      {({ id }) => <Detail collectorId={id} collection={collection} />}
    </OfCollector>
  );
}

function Detail({ collectorId, collection: id }: { collectorId: string; collection: string }) {
  const words = useWords(collectionWords);
  const file = useWords(bankFileWords);
  const language = useLanguage();
  const query = useQuery(collectionQuery(collectorId, id));
  return (
    <Answer query={query}>
      {(collection) => {
        const { day, notified_on, transaction_count, total_cents, cancelled_on } = collection;
        return (
          <>
            <p className={shared.lead}>
              {words.of(fullDay(day, language))} ·{' '}
              {words.sums(transaction_count, euros(total_cents, language))}.{' '}
              {words.notified(fullDay(notified_on, language))}
            </p>
            {cancelled_on ? (
              <p className={`${shared.state} ${shared.alert}`}>
                {file.cancelledOn(fullDay(cancelled_on, language))}
              </p>
            ) : (
              <File collection={collection} />
            )}
            <h2>{words.states}</h2>
            <Items collectorId={collectorId} collection={id} items={collection.items} />
            {isUnanswered(collection) && (
              <Cancelling words={words} cancel={() => cancelCollection(collection)} />
            )}
          </>
        );
      }}
    </Answer>
  );
}

function File({ collection }: { collection: CollectionDetail }) {
  const words = useWords(collectionWords);
  const file = useWords(bankFileWords);
  return (
    <Card title={words.file}>
      <p>{file.fileHelp}</p>
      <Download name={`pain.008-${collection.day}.xml`} load={() => loadDebits(collection)}>
        {file.load}
      </Download>
    </Card>
  );
}
