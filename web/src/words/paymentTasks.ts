import type { InvoiceSummary } from '../queries/invoices';
import type { Mandate } from '../queries/mandates';
import { dayLater } from './dates';
import { sum } from './numbers';

/** A movement older than that says little of who has paid since. */
const KNOWN_DAYS = 7;

/** What is still to come for invoices, in cents, and of it what is late and what is announced. */
export function sumsOwed(invoices: readonly InvoiceSummary[]) {
  const inStates = (...states: readonly string[]) =>
    sum(
      invoices
        .filter(({ payment }) => payment && states.includes(payment.state))
        .map(({ payment }) => payment?.open_cents ?? 0),
    );
  return {
    owed: inStates('open', 'partly', 'overdue', 'rejected', 'announced'),
    overdue: inStates('overdue', 'rejected'),
    announced: inStates('announced'),
  };
}

/** What may be debited by the day of a collection that is announced today. */
export function collectableOf(
  invoices: readonly InvoiceSummary[],
  mandates: readonly Mandate[],
  noticeDays: number,
  today: string,
): InvoiceSummary[] {
  const debtors = new Set(mandates.filter(isUsable).map(({ debtor_id }) => debtor_id));
  const day = dayLater(today, Math.max(noticeDays, 1));
  return invoices.filter(
    ({ customer, payment }) =>
      debtors.has(customer.member_id) &&
      payment &&
      payment.state !== 'announced' &&
      payment.open_cents > 0 &&
      payment.due_date <= day,
  );
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
