import type { InvoiceSummary } from '../queries/invoices';
import type { Mandate } from '../queries/mandates';
import { bankDayFrom } from './bankDays';
import { dayLater } from './dates';
import { sum } from './numbers';
import { askedCents, comingCents, isOwed } from './payments';

/** A movement older than that says little of who has paid since. */
const KNOWN_DAYS = 7;

/** What is still to come for invoices, in cents, and of it what is late and what is announced. */
export function sumsOwed(invoices: readonly InvoiceSummary[]) {
  const payments = invoices.map(({ payment }) => payment).filter(isOwed);
  const late = payments.filter(({ state }) => state === 'overdue' || state === 'rejected');
  return {
    owed: sum(payments.map(({ open_cents }) => open_cents)),
    overdue: sum(late.map(askedCents)),
    announced: sum(payments.map(comingCents)),
  };
}

/** What may be debited by the day of a collection that is announced today. */
export function collectableOf(
  invoices: readonly InvoiceSummary[],
  mandates: readonly Mandate[],
  noticeDays: number,
  today: string,
): InvoiceSummary[] {
  const day = dayLater(today, Math.max(noticeDays, 1));
  return invoices.filter(
    (invoice) =>
      mayBeDebited(invoice, mandates) && invoice.payment && invoice.payment.due_date <= day,
  );
}

/** Those that were issued for a month. */
export function ofMonth(month: string, invoices: readonly InvoiceSummary[]): InvoiceSummary[] {
  return invoices.filter(({ period_from }) => period_from.startsWith(month));
}

/** What the bank was told to debit, and has not answered yet. */
export function inDebit(invoices: readonly InvoiceSummary[]) {
  const announced = invoices.filter(({ payment }) => payment?.state === 'announced');
  return { count: announced.length, cents: centsOf(announced) };
}

/** What may be debited of invoices, and the first day on which all of it is due; null: nothing. */
export function debitsOf(
  invoices: readonly InvoiceSummary[],
  mandates: readonly Mandate[],
  noticeDays: number,
  today: string,
): { count: number; cents: number; day: string } | null {
  const debits = invoices.filter((invoice) => mayBeDebited(invoice, mandates));
  if (debits.length === 0) return null;
  const earliest = dayLater(today, Math.max(noticeDays, 1));
  const days = debits.map(({ payment }) => payment?.due_date ?? earliest);
  const day = bankDayFrom([earliest, ...days].sort().at(-1) ?? earliest);
  return { count: debits.length, cents: centsOf(debits), day };
}

function mayBeDebited(
  { customer, payment }: InvoiceSummary,
  mandates: readonly Mandate[],
): boolean {
  if (!payment || payment.state === 'announced' || payment.open_cents <= 0) return false;
  return mandates.some((mandate) => isUsable(mandate) && mandate.debtor_id === customer.member_id);
}

function centsOf(invoices: readonly InvoiceSummary[]): number {
  return sum(invoices.map(({ payment }) => (payment ? askedCents(payment) : 0)));
}

/** The names of customers who owe something and cannot be debited. */
export function withoutMandate(
  invoices: readonly InvoiceSummary[],
  mandates: readonly Mandate[],
): string[] {
  const debtors = new Set(mandates.filter(isUsable).map(({ debtor_id }) => debtor_id));
  const names = invoices
    .filter(({ customer }) => !debtors.has(customer.member_id))
    .map(({ customer }) => customer.name);
  return [...new Set(names)].sort((one, other) => one.localeCompare(other, 'fr'));
}

/** In force, and no bank has refused it for good. */
export function isUsable({ revoked_on, blocked_by }: Mandate): boolean {
  return revoked_on === null && blocked_by === null;
}

/** Whether the bank may know more of what is owed than the platform. last: of what it has told. */
export function isStatementWanted(
  invoices: readonly InvoiceSummary[],
  last: string | null,
  today: string,
): boolean {
  if (invoices.length === 0) return false;
  const isDebited = invoices.some(
    ({ payment }) => payment?.state === 'announced' && (payment.collection?.day ?? today) < today,
  );
  return isDebited || last === null || last < dayLater(today, -KNOWN_DAYS);
}
