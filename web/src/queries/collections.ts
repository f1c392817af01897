import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Collection = components['schemas']['CollectionOut'];
export type CollectionDetail = components['schemas']['CollectionDetailOut'];
export type CollectionItem = components['schemas']['CollectionItemOut'];
export type DebitedDocument = components['schemas']['DebitedDocumentOut'];
export type CollectionPreview = components['schemas']['CollectionPreviewOut'];
export type Reported = components['schemas']['ReportedOut'];

const PAGE = 50;

/** The collections of an account, the newest day first, page by page. */
export function collectionsQuery(issuer_id: string) {
  return infiniteQueryOptions({
    queryKey: ['payments', 'collections', issuer_id],
    queryFn: ({ pageParam: after }) =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/collections', {
          params: { path: { issuer_id }, query: { limit: PAGE, ...(after ? { after } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    select: ({ pages }) => pages.flat(),
    staleTime: 30_000,
  });
}

export function collectionQuery(issuer_id: string, collection_id: string) {
  return queryOptions({
    queryKey: ['payments', 'collection', issuer_id, collection_id],
    queryFn: () =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/collections/{collection_id}', {
          params: { path: { issuer_id, collection_id } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** The day of the debits, and the one on which debtors are told. */
export interface CollectionDays {
  collection_date: string;
  notified_on: string;
}

/** Who would be debited of what. Throws Problem. */
export function previewCollection(issuer_id: string, query: CollectionDays) {
  const params = { path: { issuer_id }, query };
  return unwrap(api.GET('/billing/issuers/{issuer_id}/collection-preview', { params }));
}

/** Of these invoices, no others that are open since. Throws Problem. */
export function collect(
  issuer_id: string,
  collection_id: string,
  days: CollectionDays,
  { debits }: CollectionPreview,
): Promise<Collection> {
  const params = { path: { issuer_id, collection_id } };
  const invoices = debits.flatMap(({ documents }) => documents);
  const body = { ...days, invoice_ids: invoices.map(({ invoice_id }) => invoice_id) };
  return unwrap(
    api.PUT('/billing/issuers/{issuer_id}/collections/{collection_id}', { params, body }),
  );
}

/** The bank never got its file. Throws Problem. */
export function cancelCollection({ creditor_id, id }: Collection): Promise<Collection> {
  const params = { path: { issuer_id: creditor_id, collection_id: id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/collections/{collection_id}/cancellation', { params }),
  );
}

/** The direct debits, for the bank. Throws Problem. */
export function loadDebits({ creditor_id, id }: Collection): Promise<Blob> {
  const params = { path: { issuer_id: creditor_id, collection_id: id } };
  const file = api.GET('/billing/issuers/{issuer_id}/collections/{collection_id}/pain.008.xml', {
    params,
    parseAs: 'blob',
  });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}

/** The bank rejected one of them before money moved. Throws Problem. */
export function rejectDebit(
  issuer_id: string,
  collection_id: string,
  item_id: string,
  reason: string,
) {
  const params = { path: { issuer_id, collection_id, item_id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/collections/{collection_id}/items/{item_id}/rejection', {
      params,
      body: { reason },
    }),
  );
}

/** What the bank rejects of its orders before money moves. Throws Problem. */
export async function takeReports(issuer_id: string, files: readonly File[]): Promise<Reported> {
  const sums = { known: 0, moved: 0, rejected: 0, unknown: 0 };
  for (const file of files) {
    const taken = await takeReport(issuer_id, file);
    sums.known += taken.known;
    sums.moved += taken.moved;
    sums.rejected += taken.rejected;
    sums.unknown += taken.unknown;
  }
  return sums;
}

function takeReport(issuer_id: string, file: File): Promise<Reported> {
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/payment-reports', {
      params: { path: { issuer_id } },
      body: '',
      bodySerializer: () => file,
      headers: { 'content-type': 'application/xml' },
    }),
  );
}
