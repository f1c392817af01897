import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { invoiceWords } from '../../messages/invoice';
import { Answer } from '../../parts/Answer';
import { AskOrganiser } from '../../parts/AskOrganiser';
import { BackToClose, BackToInvoices } from '../../parts/Back';
import facts from '../../parts/Facts.module.css';
import { Heading } from '../../parts/Heading';
import { PdfButton } from '../../parts/PdfButton';
import { type Invoice as Document, invoiceQuery, linksQuery } from '../../queries/invoices';
import { type Me, meQuery, numberOfPoint, pointOf, runs } from '../../queries/me';
import { dayAt, fullDay, periodName } from '../../words/dates';
import { type Language, unparted, useLanguage, useWords } from '../../words/language';
import { euros, kwh, sum } from '../../words/numbers';
import { paymentSentence } from '../../words/payments';
import { ComparedLink } from './ComparedLink';
import { InvoiceLines } from './InvoiceLines';
import { InvoiceSharing } from './InvoiceSharing';
import { InvoiceTimes } from './InvoiceTimes';
import { PaidBack } from './PaidBack';
import { Received } from './Received';
import { Transfer } from './Transfer';

/** An invoice in words: how much, for what, whether it is paid, and when its energy came. */
export function Invoice() {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const { id } = useParams({ from: '/inside/invoices/$id' });
  const query = useQuery(invoiceQuery(id));
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <>
      <BackFrom invoice={query.data} me={me} />
      <Heading>{query.data ? titleOf(query.data, language) : words.plainTitle}</Heading>
      <Answer query={query}>{(invoice) => <OfInvoice invoice={invoice} me={me} />}</Answer>
    </>
  );
}

/** Who has made it comes from the month that it is of, who pays it or is paid from their own. */
function BackFrom({ invoice, me }: { invoice: Document | undefined; me: Me }) {
  if (!invoice) return <BackToInvoices />;
  const { customer, issuer, operation, month } = invoice;
  const isOwn = [customer.member_id, issuer.member_id].includes(me.member_id ?? '');
  if (isOwn || !runs(me, operation.id)) return <BackToInvoices />;
  return <BackToClose operation={operation.id} month={month} />;
}

function titleOf({ kind, period_from, period_to }: Document, language: Language): string {
  const words = invoiceWords[language];
  const period = periodName(period_from, period_to, language);
  return kind === 'credit_note' ? words.creditTitle(period) : words.title(period);
}

function OfInvoice({ invoice, me }: { invoice: Document; me: Me }) {
  const words = useWords(invoiceWords);
  const isBought = invoice.customer.member_id === me.member_id;
  const isCredit = invoice.kind === 'credit_note';
  const number = numberOfPoint(me, invoice.lines[0]?.consumer);
  const point = number && pointOf(me, number);
  return (
    <>
      <Amount invoice={invoice} isBought={isBought} />
      <What invoice={invoice} isBought={isBought} />
      <Transfer invoice={invoice} isBought={isBought} />
      <Received invoice={invoice} />
      <div className={facts.actions}>
        <PdfButton invoice={invoice} isLong />
        {isBought && !isCredit && number && (
          <Link to="/bills/$month" params={{ month: invoice.month }} search={{ point: number }}>
            {words.saved}
          </Link>
        )}
        {isBought && !isCredit && point && (invoice.months?.length ?? 1) === 1 && (
          <ComparedLink point={point} number={number} month={invoice.month} />
        )}
      </div>
      <InvoiceLines invoice={invoice} me={me} />
      {!isCredit && <InvoiceSharing invoice={invoice} />}
      {!isCredit && <InvoiceTimes invoice={invoice} me={me} />}
      <Related invoice={invoice} />
      <Mentions invoice={invoice} />
      <AskOrganiser operationId={invoice.operation.id} />
    </>
  );
}

interface InvoiceProps {
  invoice: Document;
  isBought: boolean;
}

function Amount({ invoice, isBought }: InvoiceProps) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const { kind, payment, total_incl_vat_cents } = invoice;
  const givenBack = isBought ? words.givenBack : words.givenBackBySeller;
  return (
    <>
      <p>
        <span className={facts.figure}>{euros(total_incl_vat_cents, language)}</span>{' '}
        <span className={facts.weak}>{kind === 'credit_note' ? givenBack : words.inclVat}</span>
      </p>
      {payment && (
        <p className={facts.lead}>
          {paymentSentence(payment, isBought ? 'bought' : 'sold', dayAt(new Date()), language)}
        </p>
      )}
      {payment && <PaidBack refund={payment.refund} side={isBought ? 'bought' : 'sold'} />}
    </>
  );
}

function What({ invoice, isBought }: InvoiceProps) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const { kind, lines, issuer, customer, operation, payee, number, issue_date, reason } = invoice;
  const energy = kwh(sum(lines.map(({ energy_wmin }) => energy_wmin)), language);
  const isCredit = kind === 'credit_note';
  const bought = isCredit
    ? words.creditBought(issuer.name)
    : words.bought(issuer.name, energy, operation.name);
  const sold = isCredit
    ? words.creditSold(customer.name)
    : words.sold(customer.name, energy, operation.name);
  return (
    <>
      <p>
        {isBought ? bought : sold} {payee && words.payee(payee.name)}
      </p>
      {reason && <p>{words.reason(reason)}</p>}
      {number && issue_date && (
        <p className={facts.weak}>{words.issued(number, fullDay(issue_date, language))}</p>
      )}
    </>
  );
}

/** The documents that this one corrects, and those that correct it. */
function Related({ invoice }: { invoice: Document }) {
  const words = useWords(invoiceWords);
  const query = useQuery(linksQuery(invoice.id));
  const kind = invoice.kind ?? 'invoice';
  return (
    <Answer query={query}>
      {({ refers_to, referred_by }) => {
        if (refers_to.length + referred_by.length === 0) return null;
        return (
          <section>
            <h2>{words.links}</h2>
            <ul>
              {refers_to.map(({ id, number }) => (
                <li key={id}>
                  <Link to="/invoices/$id" params={{ id }}>
                    {words.refersTo[kind](number ?? '')}
                  </Link>
                </li>
              ))}
              {referred_by.map((document) => (
                <li key={document.id}>
                  <Link to="/invoices/$id" params={{ id: document.id }}>
                    {words.referredBy[document.kind](document.number ?? '')}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      }}
    </Answer>
  );
}

function Mentions({ invoice }: { invoice: Document }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const { mentions = [], payment } = invoice;
  if (mentions.length === 0) return null;
  return (
    <details>
      <summary>{words.mentions}</summary>
      {/* As worded when it was issued: in French, whatever the page's language. */}
      <ul lang="fr">
        {mentions.map(({ code, text_fr }) => (
          <li key={`${code} ${text_fr}`}>
            {unparted(text_fr)}
            {/* A bank debits on its working days: it is the day that is said above. */}
            {code === 'sepa-direct-debit' && payment?.collection && (
              <span lang={language}>
                {' '}
                ({words.debitedOn(fullDay(payment.collection.day, language))})
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
