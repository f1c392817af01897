import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import { Answer } from '../../../../parts/Answer';
import { Back } from '../../../../parts/Back';
import { Card } from '../../../../parts/Card';
import { Download } from '../../../../parts/Download';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import {
  type CollectionDetail,
  cancelCollection,
  collectionQuery,
  loadDebits,
} from '../../../../queries/collections';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';
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
      {({ id }) => <Detail payee={id} collection={collection} />}
    </OfCollector>
  );
}

function Detail({ payee, collection: id }: { payee: string; collection: string }) {
  const words = useWords(collectionWords);
  const language = useLanguage();
  const query = useQuery(collectionQuery(payee, id));
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
                {words.cancelledOn(fullDay(cancelled_on, language))}
              </p>
            ) : (
              <File collection={collection} />
            )}
            <h2>{words.states}</h2>
            <Items payee={payee} collection={id} items={collection.items} />
            {isUnanswered(collection) && <Cancelling collection={collection} />}
          </>
        );
      }}
    </Answer>
  );
}

function File({ collection }: { collection: CollectionDetail }) {
  const words = useWords(collectionWords);
  return (
    <Card title={words.file}>
      <p>{words.fileHelp}</p>
      <Download name={`pain.008-${collection.day}.xml`} load={() => loadDebits(collection)}>
        {words.load}
      </Download>
    </Card>
  );
}

/** Whether the bank may never have got it. */
function isUnanswered({ cancelled_on, items }: CollectionDetail): boolean {
  return cancelled_on === null && items.every((item) => !item.received_on && !item.return_reason);
}

function Cancelling({ collection }: { collection: CollectionDetail }) {
  const words = useWords(collectionWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: () => cancelCollection(collection),
    onSuccess: changed,
  });
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
