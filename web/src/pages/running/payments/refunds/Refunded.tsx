import { Link, useParams } from '@tanstack/react-router';
import { refundWords } from '../../../../messages/running/paymentsRefunds';
import shared from '../../../../parts/Together.module.css';
import type { RefundedDocument } from '../../../../queries/refunds';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';

/** The documents whose credits one transfer pays back, with the part of each of several. */
export function Refunded({ documents }: { documents: readonly RefundedDocument[] }) {
  const words = useWords(refundWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  return documents.map(({ invoice_id, number, issuer_name, amount_cents }) => (
    <div key={invoice_id} className={shared.weak}>
      <Link
        to="/o/$operation/bills/documents/$document"
        params={{ operation, document: invoice_id }}
      >
        {documents.length > 1
          ? words.partOf(number, issuer_name, euros(amount_cents, language))
          : words.of(number, issuer_name)}
      </Link>
    </div>
  ));
}
