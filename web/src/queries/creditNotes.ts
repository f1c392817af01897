import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { Invoice } from './invoices';

export type CreditLine = components['schemas']['CreditLineIn'];

/** Draft a credit note; without lines, of all that is left of the invoice. Throws Problem. */
export function draftCreditNote(
  invoice_id: string,
  reason: string,
  lines: CreditLine[],
): Promise<Invoice> {
  const params = { path: { invoice_id } };
  return unwrap(
    api.POST('/billing/invoices/{invoice_id}/credit-notes', { params, body: { reason, lines } }),
  );
}

/** Only a draft that somebody asked for. Throws Problem. */
export async function withdrawCreditNote(invoice_id: string): Promise<void> {
  const params = { path: { invoice_id } };
  await unwrap(api.DELETE('/billing/invoices/{invoice_id}', { params }));
}

/** Number and freeze a draft, as of a day. Throws Problem. */
export function issueDraft(invoice_id: string, issue_date: string): Promise<Invoice[]> {
  return unwrap(
    api.POST('/billing/invoices/issue', { body: { invoice_ids: [invoice_id], issue_date } }),
  );
}
