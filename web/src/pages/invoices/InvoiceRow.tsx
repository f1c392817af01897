import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { invoicesWords } from '../../messages/invoices';
import facts from '../../parts/Facts.module.css';
import { PaymentChip } from '../../parts/PaymentChip';
import { PdfButton } from '../../parts/PdfButton';
import type { InvoiceSummary, Payment, Side } from '../../queries/invoices';
import { consumingPoints, meQuery } from '../../queries/me';
import { dayAt, periodName } from '../../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';
import { askedCents, paymentSentence } from '../../words/payments';
import styles from './Invoices.module.css';

interface InvoiceProps {
  invoice: InvoiceSummary;
  /** The credit notes that take something of it back. */
  credits: InvoiceSummary[];
  side: Side;
}

/** An invoice for which money is still to come: how much, by when, and how it stands. */
export function InvoiceCard({ invoice, credits, side }: InvoiceProps) {
  const language = useLanguage();
  const { payment } = invoice;
  return (
    <li className={facts.card}>
      <div className={styles.head}>
        <Name invoice={invoice} side={side} />
        {payment && <PaymentChip state={payment.state} side={side} />}
      </div>
      <p className={styles.sum}>
        {euros(payment ? askedCents(payment) : invoice.total_incl_vat_cents, language)}
      </p>
      {payment && <p>{paymentSentence(payment, side, dayAt(new Date()), language)}</p>}
      <Credits credits={credits} />
      <PdfButton invoice={invoice} isLong />
    </li>
  );
}

/** An invoice or a credit note on a line. */
export function InvoiceRow({ invoice, credits, side }: InvoiceProps) {
  const language = useLanguage();
  const words = useWords(invoicesWords);
  const { kind, payment, refers_to, total_incl_vat_cents } = invoice;
  const isCredit = kind === 'credit_note';
  const sentence = payment && paymentSentence(payment, side, dayAt(new Date()), language);
  return (
    <li className={styles.row}>
      <div>
        <Name invoice={invoice} side={side} />
        {isCredit && refers_to[0] && (
          <span className={facts.weak}>{words.takesBack(refers_to[0].number)}</span>
        )}
        {payment && isUnusual(payment) && <p className={styles.unusual}>{sentence}</p>}
        <Credits credits={credits} />
      </div>
      <span className={styles.amount}>
        {euros(isCredit ? -total_incl_vat_cents : total_incl_vat_cents, language)}
      </span>
      <span className={styles.state}>
        {payment && <PaymentChip state={payment.state} side={side} />}
      </span>
      <div className={styles.pdf}>
        <PdfButton invoice={invoice} />
      </div>
    </li>
  );
}

/** More than a word has to be said of it. */
function isUnusual({ state, open_cents }: Payment): boolean {
  return open_cents < 0 || state === 'overdue' || state === 'rejected' || state === 'partly';
}

/** The month and who is on the other side: numbers of two sellers may be the same. */
function Name({ invoice, side }: { invoice: InvoiceSummary; side: Side }) {
  const language = useLanguage();
  const words = useWords(invoicesWords);
  const { id, kind, number, period_from, period_to, operation } = invoice;
  const period = periodName(period_from, period_to, language);
  const document = kind === 'credit_note' ? words.credit : words.invoice;
  const other = side === 'bought' ? invoice.issuer.name : invoice.customer.name;
  const names = [operation.name, ...useMeters(invoice)];
  const title = side === 'bought' ? `${period} · ${other}` : `${other} · ${period}`;
  return (
    <div>
      <Link className={styles.name} to="/invoices/$id" params={{ id }}>
        {title}
      </Link>
      <div className={facts.weak}>
        {`${document} ${number ?? words.draft}\u00a0· `}
        {names.map((name, place) => (
          <Fragment key={name}>
            <span className={styles.part} lang={OF_OPERATIONS}>
              {place < names.length - 1 ? `${name}\u00a0·` : name}
            </span>{' '}
          </Fragment>
        ))}
      </div>
    </div>
  );
}

/** The names of the reader's meters that it bills, for who has several. */
function useMeters({ consumers }: InvoiceSummary): string[] {
  const { data: me } = useQuery(meQuery);
  const own = me ? consumingPoints(me) : [];
  if (own.length < 2) return [];
  return own.filter(({ prm }) => consumers.includes(prm)).map(({ point_label }) => point_label);
}

function Credits({ credits }: { credits: InvoiceSummary[] }) {
  const language = useLanguage();
  const words = useWords(invoicesWords);
  if (credits.length === 0) return null;
  return (
    <ul className={styles.credits}>
      {credits.map(({ id, number, total_incl_vat_cents }) => (
        <li key={id}>
          <Link to="/invoices/$id" params={{ id }}>
            {words.creditNote(number ?? words.draft, euros(total_incl_vat_cents, language))}
          </Link>
        </li>
      ))}
    </ul>
  );
}
