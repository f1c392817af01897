import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { documentRefusals } from '../../../../messages/refusals/documents';
import { billDocumentWords } from '../../../../messages/running/billDocument';
import { Answer } from '../../../../parts/Answer';
import { BackToBills } from '../../../../parts/Back';
import facts from '../../../../parts/Facts.module.css';
import { Heading } from '../../../../parts/Heading';
import { PdfButton } from '../../../../parts/PdfButton';
import { MoreRefusals } from '../../../../parts/Refusal';
import { type Invoice, invoiceQuery, linksQuery } from '../../../../queries/invoices';
import { meQuery } from '../../../../queries/me';
import { dayAt, fullDay, periodName } from '../../../../words/dates';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { paymentSentence } from '../../../../words/payments';
import { InvoiceLines } from '../../../invoices/InvoiceLines';
import { Crediting } from './Crediting';
import { Linked } from './Linked';
import { Mailings } from './Mailings';
import { OfDraft } from './OfDraft';

/** An invoice or credit note of an operation, and what can be done about it. */
export function OneDocument() {
  const words = useWords(billDocumentWords);
  const language = useLanguage();
  const { operation, document } = useParams({
    from: '/inside/o/$operation/bills/documents/$document',
  });
  const query = useQuery(invoiceQuery(document));
  return (
    <MoreRefusals value={documentRefusals}>
      <BackToBills operation={operation} />
      <Heading>{query.data ? titleOf(query.data, language) : words.plain}</Heading>
      <Answer query={query}>{(invoice) => <OfInvoice key={invoice.id} invoice={invoice} />}</Answer>
    </MoreRefusals>
  );
}

function titleOf({ kind = 'invoice', number }: Invoice, language: Language): string {
  const words = billDocumentWords[language];
  if (number === null) return words.draft[kind];
  return kind === 'credit_note' ? words.creditNote(number) : words.invoice(number);
}

interface OfInvoiceProps {
  invoice: Invoice;
}

function OfInvoice({ invoice }: OfInvoiceProps) {
  // Its own, not that of the address: one comes here from lists of all that a seller sells.
  const operation = invoice.operation.id;
  const { data: me } = useQuery(meQuery);
  const query = useQuery(linksQuery(invoice.id));
  const isDraft = invoice.state === 'draft';
  return (
    <>
      <Facts invoice={invoice} />
      <div className={facts.actions}>
        <PdfButton invoice={invoice} isLong />
      </div>
      {isDraft && <OfDraft operation={operation} invoice={invoice} />}
      {me && <InvoiceLines invoice={invoice} me={me} />}
      <Answer query={query}>
        {(links) => (
          <>
            <Linked operation={operation} links={links} />
            {!isDraft && invoice.kind !== 'credit_note' && (
              <Crediting
                operation={operation}
                invoice={invoice}
                leftCents={links.left_cents ?? 0}
              />
            )}
          </>
        )}
      </Answer>
      {!isDraft && <Mailings invoice={invoice} />}
    </>
  );
}

function Facts({ invoice }: OfInvoiceProps) {
  const words = useWords(billDocumentWords);
  const language = useLanguage();
  const { issuer, customer, period_from, period_to, issue_date, payment, reason } = invoice;
  return (
    <>
      <dl className={facts.told}>
        <dt>{words.to}</dt>
        <dd>
          <Link
            to="/o/$operation/people/members/$member"
            params={{ operation: invoice.operation.id, member: customer.member_id }}
          >
            {customer.name}
          </Link>
        </dd>
        <dt>{words.from}</dt>
        <dd>{issuer.name}</dd>
        <dt>{words.period}</dt>
        <dd>{periodName(period_from, period_to, language)}</dd>
        <dt>{words.total}</dt>
        <dd>{euros(invoice.total_incl_vat_cents, language)}</dd>
        {issue_date && (
          <>
            <dt>{words.issued}</dt>
            <dd>{fullDay(issue_date, language)}</dd>
          </>
        )}
        {reason && (
          <>
            <dt>{words.reason}</dt>
            <dd>{reason}</dd>
          </>
        )}
      </dl>
      {payment && <p>{paymentSentence(payment, 'sold', dayAt(new Date()), language)}</p>}
    </>
  );
}
