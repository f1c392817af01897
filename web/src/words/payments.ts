import { paymentWords } from '../messages/payment';
import type { InvoiceSummary, Payment, Side } from '../queries/invoices';
import type { Mandate } from '../queries/mandates';
import { dayLater, fullDay } from './dates';
import type { Language } from './language';
import { euros } from './numbers';

/** States in which money is still to come, what is most urgent first. */
export const STILL_OWED: readonly Payment['state'][] = [
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

/** Whether the mandate that an invoice names is in force, or one that came in its place. */
export function isStillDebited(rum: string | undefined, mandates: readonly Mandate[]): boolean {
  const named = mandates.filter((mandate) => mandate.rum === rum);
  return mandates.some(
    ({ creditor_id, revoked_on }) =>
      revoked_on === null && named.some((mandate) => mandate.creditor_id === creditor_id),
  );
}

/** The sum to show: what is debited or owed to the customer, else what they are asked for. */
export function askedCents({ state, open_cents, payable_cents }: Payment): number {
  return state === 'announced' || open_cents < 0 ? open_cents : payable_cents;
}

/** What a debit under way brings of an invoice. */
export function comingCents({ state, open_cents, payable_cents }: Payment): number {
  return state === 'announced' ? open_cents : open_cents - payable_cents;
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
  const left = euros(Math.abs(askedCents(payment)), language);
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

/** All that are not owed; a credit note is told with its invoice, if that is here. */
export function settledOf(invoices: readonly InvoiceSummary[]): InvoiceSummary[] {
  const isTold = ({ kind, refers_to }: InvoiceSummary) =>
    kind === 'credit_note' && refers_to.some(({ id }) => invoices.some((one) => one.id === id));
  return invoices.filter((invoice) => !isOwed(invoice.payment) && !isTold(invoice));
}

/** The credit notes that take something of an invoice back. */
export function creditsOf(
  { id }: InvoiceSummary,
  invoices: readonly InvoiceSummary[],
): InvoiceSummary[] {
  return invoices.filter(
    ({ kind, refers_to }) => kind === 'credit_note' && refers_to.some((other) => other.id === id),
  );
}

/** What the issued invoices of each month come to, less what credit notes take back. */
export function costsByMonth(invoices: readonly InvoiceSummary[]): Map<string, number> {
  const costs = new Map<string, number>();
  for (const { kind, state, period_from, period_to, total_incl_vat_cents } of invoices) {
    const month = period_from.slice(0, 7);
    // An invoice of several months tells of none what it cost.
    if (state === 'draft' || !dayLater(period_to, -1).startsWith(month)) continue;
    const cents = kind === 'credit_note' ? -total_incl_vat_cents : total_incl_vat_cents;
    costs.set(month, (costs.get(month) ?? 0) + cents);
  }
  return costs;
}

/**
 * Of a year's invoices what was paid, what is owed and what is being debited. Credit notes count
 * with the invoice that they take back, in whatever year they were made: they are younger, so they
 * are here if it is. `paid_cents` is null where it cannot be told: an invoice that was given up may
 * have been paid in part, a credit note may take back invoices of two years.
 */
export function sumsOfYear(invoices: readonly InvoiceSummary[], year: string) {
  const ofYear = invoices.filter(
    ({ issue_date, payment }) => payment && issue_date?.startsWith(year),
  );
  const ids = new Set(ofYear.map(({ id }) => id));
  let [paid, owed, announced] = [0, 0, 0];
  let isKnown = ofYear.every(({ payment }) => payment?.state !== 'written_off');
  for (const { payment, total_incl_vat_cents } of ofYear) {
    paid += total_incl_vat_cents - (payment?.open_cents ?? 0);
    if (!isOwed(payment)) continue;
    announced += comingCents(payment);
    owed += payment.open_cents - comingCents(payment);
  }
  for (const { kind, refers_to, total_incl_vat_cents } of invoices) {
    const ofThese = refers_to.filter(({ id }) => ids.has(id));
    if (kind !== 'credit_note' || ofThese.length === 0) continue;
    paid -= total_incl_vat_cents;
    if (ofThese.length < refers_to.length) isKnown = false;
  }
  return { paid_cents: isKnown ? paid : null, owed_cents: owed, announced_cents: announced };
}
