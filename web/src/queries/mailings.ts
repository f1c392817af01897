import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Mailing = components['schemas']['MailingOut'];

/** The e-mails about a document, and what became of them. */
export function mailingsQuery(invoice_id: string) {
  return queryOptions({
    queryKey: ['invoice', invoice_id, 'mailings'],
    queryFn: () =>
      unwrap(
        api.GET('/billing/invoices/{invoice_id}/mailings', { params: { path: { invoice_id } } }),
      ),
  });
}

/** For the first time or again; the same id again sends nothing more. Throws Problem. */
export function sendDocument(invoice_id: string, mailing_id: string): Promise<Mailing> {
  const params = { path: { invoice_id, mailing_id } };
  return unwrap(api.PUT('/billing/invoices/{invoice_id}/mailings/{mailing_id}', { params }));
}
