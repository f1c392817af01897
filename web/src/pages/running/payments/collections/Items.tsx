import { useQuery } from '@tanstack/react-query';
import { bankFileWords } from '../../../../messages/running/bankFiles';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import { type CollectionItem, rejectDebit } from '../../../../queries/collections';
import { mandatesOfQuery } from '../../../../queries/mandateDesk';
import { answerOf, isWaiting } from '../../../../words/bankAnswers';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { Rejecting } from '../Rejecting';
import { Documents } from './Documents';

interface ItemsProps {
  collectorId: string;
  collection: string;
  items: readonly CollectionItem[];
}

/** What became of each direct debit, with the invoices that it pays. */
export function Items({ collectorId, collection, items }: ItemsProps) {
  const words = useWords(collectionWords);
  const file = useWords(bankFileWords);
  const language = useLanguage();
  const { data: mandates = [] } = useQuery(mandatesOfQuery(collectorId));
  const holders = new Map(mandates.map(({ id, holder }) => [id, holder]));
  return (
    <table className={tables.table}>
      <caption>{words.states}</caption>
      <thead>
        <tr>
          <th scope="col">{words.customer}</th>
          <th scope="col">{file.state}</th>
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
              {answerOf(item, file, language)}
              {isWaiting(item) && (
                <Rejecting
                  name={holders.get(item.mandate_id) ?? words.customer}
                  kind="debit"
                  send={(reason) => rejectDebit(collectorId, collection, item.id, reason)}
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
