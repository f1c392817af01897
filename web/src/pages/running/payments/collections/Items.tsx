import { useQuery } from '@tanstack/react-query';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import { type CollectionItem, rejectDebit } from '../../../../queries/collections';
import { mandatesOfQuery } from '../../../../queries/mandateDesk';
import { bankReason } from '../../../../words/bankReasons';
import { fullDay } from '../../../../words/dates';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { Rejecting } from '../Rejecting';
import { Documents } from './Documents';

type Words = (typeof collectionWords)['fr'];

interface ItemsProps {
  payee: string;
  collection: string;
  items: readonly CollectionItem[];
}

/** What became of each direct debit, with the invoices that it pays. */
export function Items({ payee, collection, items }: ItemsProps) {
  const words = useWords(collectionWords);
  const language = useLanguage();
  const { data: mandates = [] } = useQuery(mandatesOfQuery(payee));
  const holders = new Map(mandates.map(({ id, holder }) => [id, holder]));
  return (
    <table className={tables.table}>
      <caption>{words.states}</caption>
      <thead>
        <tr>
          <th scope="col">{words.customer}</th>
          <th scope="col">{words.state}</th>
          <th className={tables.number} scope="col">
            {words.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row">
              {holders.get(item.mandate_id)}
              <Documents documents={item.documents} />
            </th>
            <td className={item.return_reason ? shared.alert : undefined}>
              {stateOf(item, words, language)}
              {isWaiting(item) && (
                <Rejecting
                  name={holders.get(item.mandate_id) ?? words.customer}
                  kind="debit"
                  send={(reason) => rejectDebit(payee, collection, item.id, reason)}
                />
              )}
            </td>
            <td className={tables.number}>{euros(item.amount_cents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The bank has not answered. */
function isWaiting({ received_on, returned_on, cancelled_on }: CollectionItem): boolean {
  return !received_on && !returned_on && !cancelled_on;
}

function stateOf(item: CollectionItem, words: Words, language: Language): string {
  const { received_on, returned_on, cancelled_on, return_reason } = item;
  const why = return_reason ? bankReason(return_reason, language) : words.unknownReason;
  if (returned_on) return words.returned(fullDay(returned_on, language), why);
  if (received_on) return words.received(fullDay(received_on, language));
  if (cancelled_on && return_reason) return words.rejected(fullDay(cancelled_on, language), why);
  if (cancelled_on) return words.cancelled(fullDay(cancelled_on, language));
  return words.waits;
}
