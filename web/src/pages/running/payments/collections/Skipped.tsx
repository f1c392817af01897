import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import tables from '../../../../parts/Table.module.css';
import type { CollectionPreview } from '../../../../queries/collections';
import { owedInQuery } from '../../../../queries/owed';
import { useWords } from '../../../../words/language';

/** Open invoices that are not debited, and why. */
export function Skipped({ skipped }: Pick<CollectionPreview, 'skipped'>) {
  const words = useWords(collectionWords);
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { data: owed = [] } = useQuery(owedInQuery(operation));
  const customers = new Map(owed.map(({ id, customer }) => [id, customer.name]));
  return (
    <details>
      <summary>{words.skipped(skipped.length)}</summary>
      <table className={tables.table}>
        <caption>{words.skipped(skipped.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.invoice}</th>
            <th scope="col">{words.customer}</th>
            <th scope="col">{words.why}</th>
          </tr>
        </thead>
        <tbody>
          {skipped.map(({ invoice_id, number, reason }) => (
            <tr key={invoice_id}>
              <th scope="row">
                <Link
                  to="/o/$operation/bills/documents/$document"
                  params={{ operation, document: invoice_id }}
                >
                  {number}
                </Link>
              </th>
              <td>{customers.get(invoice_id)}</td>
              <td>{words.reasons[reason]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
