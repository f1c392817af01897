import { Link, useParams } from '@tanstack/react-router';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import shared from '../../../../parts/Together.module.css';
import type { DebitedDocument } from '../../../../queries/collections';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';

/** The invoices of one debit, with the part of each if there are several. */
export function Documents({ documents }: { documents: readonly DebitedDocument[] }) {
  const words = useWords(collectionWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  return documents.map(({ invoice_id, number, issuer_name, amount_cents }) => (
    <div key={invoice_id} className={shared.weak}>
      <Link
        to="/o/$operation/bills/documents/$document"
        params={{ operation, document: invoice_id }}
      >
        {number}
      </Link>
      {documents.length > 1 && words.partOf(issuer_name, euros(amount_cents, language))}
    </div>
  ));
}
