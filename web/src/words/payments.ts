import { paymentWords } from '../messages/payment';
import type { InvoiceSummary, Payment, Side } from '../queries/invoices';
import { fullDay } from './dates';
import type { Language } from './language';
import { euros } from './numbers';

const STILL_OWED: readonly Payment['state'][] = [
  'overdue',
  'rejected',
  'open',
  'partly',
  'announced',
];

/** Whether money is still to come for an invoice. */
export function isOwed(payment: Payment | null | undefined): payment is Payment {
  return !!payment && STILL_OWED.includes(payment.state);
}

/** What became of an invoice in money, and what is to be done, on a local day. */
export function paymentSentence(
  payment: Payment,
  side: Side,
  today: string,
  language: Language,
): string {
  const { state, open_cents, due_date, collection } = payment;
  const words = paymentWords[language][side];
  const left = euros(Math.abs(open_cents), language);
  if (open_cents < 0) return `${settled(state, words)} ${words.owed(left)}`;
  const due = fullDay(due_date, language);
  const debit = collection ? fullDay(collection.day, language) : due;
  switch (state) {
    case 'open':
      return words.open(due);
    case 'announced':
      return collection && collection.day < today
        ? words.announcedBefore(debit)
        : words.announced(debit);
    case 'partly':
      return words.partly(due, left);
    case 'overdue':
      return words.overdue(due, left);
    case 'rejected':
      return words.rejected(fullDay(collection?.refused_on ?? due_date, language), left);
    default:
      return words[state];
  }
}

function settled(state: Payment['state'], words: { paid: string; credited: string }): string {
  return state === 'credited' ? words.credited : words.paid;
}

/** The invoices that are still to be paid, what is most urgent first. */
export function owedFirst(invoices: readonly InvoiceSummary[]): InvoiceSummary[] {
  const rank = (invoice: InvoiceSummary) =>
    STILL_OWED.indexOf(invoice.payment?.state ?? 'announced');
  return invoices
    .filter(({ payment }) => isOwed(payment))
    .sort(
      (a, b) =>
        rank(a) - rank(b) || (a.payment?.due_date ?? '').localeCompare(b.payment?.due_date ?? ''),
    );
}

/** Of a year's invoices what was paid, what is owed, what is being debited, and their number. */
export function sumsOfYear(invoices: readonly InvoiceSummary[], year: string) {
  const ofYear = invoices.filter(({ issue_date }) => issue_date?.startsWith(year));
  let [paid, owed, announced, count] = [0, 0, 0, 0];
  for (const { kind, payment, total_incl_vat_cents } of ofYear) {
    if (kind === 'credit_note') paid -= total_incl_vat_cents;
    if (!payment) continue;
    count += 1;
    if (payment.state === 'written_off') continue;
    paid += total_incl_vat_cents - payment.open_cents;
    if (payment.state === 'announced') announced += payment.open_cents;
    else if (isOwed(payment)) owed += payment.open_cents;
  }
  return { paid_cents: Math.max(0, paid), owed_cents: owed, announced_cents: announced, count };
}
