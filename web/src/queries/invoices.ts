import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { Language } from '../words/language';
import { STILL_OWED } from '../words/payments';

export type Invoice = components['schemas']['InvoiceOut'];
export type InvoiceSummary = components['schemas']['InvoiceSummaryOut'];
export type InvoiceLine = components['schemas']['LineOut'];
export type DocumentLinks = components['schemas']['LinksOut'];
export type Payment = components['schemas']['InvoicePaymentOut'];

/** Of a member's invoices those that it pays, or those that it is paid by. */
export type Side = 'bought' | 'sold';

/** The most that is told at once. */
const MOST = 1000;
/** How many at once: a seller has one for each neighbour and month. */
const PAGES: Record<Side, number> = { bought: 100, sold: 500 };

/** Invoices and credit notes, the newest first, page by page. */
export function summariesQuery(memberId: string, side: Side) {
  return infiniteQueryOptions({
    queryKey: ['invoices', memberId, side],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/billing/invoice-summaries', {
          params: {
            query: {
              ...(side === 'bought' && { customer_id: memberId }),
              ...(pageParam && { after: pageParam }),
              limit: PAGES[side],
            },
          },
        }),
      ),
    initialPageParam: '',
    // A shorter page is the last one.
    getNextPageParam: (page) => (page.length < PAGES[side] ? undefined : page.at(-1)?.id),
    select: ({ pages }) => pages.flat().filter((invoice) => isOfSide(invoice, memberId, side)),
    staleTime: 60_000,
  });
}

/** All invoices for which money is still to come, however old they are. */
export function owedQuery(memberId: string, side: Side) {
  return queryOptions({
    queryKey: ['invoices', memberId, side, 'owed'],
    queryFn: async () => {
      const owed: InvoiceSummary[] = [];
      let page: InvoiceSummary[];
      do {
        const after = owed.at(-1)?.id;
        const query = {
          payment_state: [...STILL_OWED],
          ...(side === 'bought' && { customer_id: memberId }),
          ...(after && { after }),
          limit: MOST,
        };
        page = await unwrap(api.GET('/billing/invoice-summaries', { params: { query } }));
        owed.push(...page);
      } while (page.length === MOST);
      return owed.filter((invoice) => isOfSide(invoice, memberId, side));
    },
    staleTime: 60_000,
  });
}

/** Who sells is also told what they buy. */
function isOfSide({ issuer }: InvoiceSummary, memberId: string, side: Side): boolean {
  return side === 'bought' || issuer.member_id === memberId;
}

export function invoiceQuery(id: string) {
  const path = { invoice_id: id };
  return queryOptions({
    queryKey: ['invoice', id],
    queryFn: () => unwrap(api.GET('/billing/invoices/{invoice_id}', { params: { path } })),
    staleTime: 60_000,
  });
}

/** What an invoice refers to, and what refers to it. */
export function linksQuery(id: string) {
  const path = { invoice_id: id };
  return queryOptions({
    queryKey: ['invoice links', id],
    queryFn: () => unwrap(api.GET('/billing/invoices/{invoice_id}/links', { params: { path } })),
    staleTime: 60_000,
  });
}

/** The document itself. Throws Problem. */
export async function pdfOf(id: string, language: Language): Promise<Blob> {
  const params = { path: { invoice_id: id }, query: { language } };
  const document = api.GET('/billing/invoices/{invoice_id}.pdf', { params, parseAs: 'blob' });
  return unwrap(document as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}
