import { Link } from '@tanstack/react-router';
import { foundDocumentsWords } from '../../../../messages/running/foundDocuments';
import { PaymentChip } from '../../../../parts/PaymentChip';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import type { InvoiceSummary } from '../../../../queries/invoices';
import { fullDay, periodName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { askedCents, isOwed } from '../../../../words/payments';

interface FoundRowsProps {
  operation: string;
  documents: readonly InvoiceSummary[];
}

/** Who has which document, for when, how much it is and how it stands. */
export function FoundRows({ operation, documents }: FoundRowsProps) {
  const words = useWords(foundDocumentsWords);
  return (
    <table className={tables.table}>
      <caption>{words.found}</caption>
      <thead>
        <tr>
          <th scope="col">{words.document}</th>
          <th scope="col" className={tables.number}>
            {words.total}
          </th>
        </tr>
      </thead>
      <tbody>
        {documents.map((document) => (
          <FoundRow key={document.id} operation={operation} document={document} />
        ))}
      </tbody>
    </table>
  );
}

function FoundRow({ operation, document }: { operation: string; document: InvoiceSummary }) {
  const words = useWords(foundDocumentsWords);
  const language = useLanguage();
  const { id, kind, number, customer, issuer, period_from, period_to } = document;
  const isCredit = kind === 'credit_note';
  const cents = document.total_incl_vat_cents;
  return (
    <tr>
      <th scope="row">
        <Link to="/o/$operation/bills/documents/$document" params={{ operation, document: id }}>
          {number ?? words.draft}
        </Link>{' '}
        {customer.name}
        <p className={shared.weak}>
          {[periodName(period_from, period_to, language), issuer.name].join('\u00a0· ')}
        </p>
        <State document={document} />
      </th>
      <td className={tables.number}>{euros(isCredit ? -cents : cents, language)}</td>
    </tr>
  );
}

/** What of it is to come, and by when; a draft and a credit note are only called so. */
function State({ document }: { document: InvoiceSummary }) {
  const words = useWords(foundDocumentsWords);
  const language = useLanguage();
  const { number, payment, total_incl_vat_cents } = document;
  if (!payment) return <p className={shared.weak}>{number ? words.creditNote : words.draft}</p>;
  const left = askedCents(payment);
  const due = isOwed(payment)
    ? [
        left === total_incl_vat_cents ? '' : words.left(euros(left, language)),
        words.due(fullDay(payment.due_date, language)),
      ].filter(Boolean)
    : [];
  return (
    <p className={shared.weak}>
      <PaymentChip state={payment.state} side="sold" /> {due.join(', ')}
    </p>
  );
}
