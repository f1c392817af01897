import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { isSameRefund } from '../words/refunds';
import { allPages } from './allPages';

export type Refund = components['schemas']['RefundOut'];
export type RefundDetail = components['schemas']['RefundDetailOut'];
export type RefundItem = components['schemas']['RefundItemOut'];
export type RefundPreview = components['schemas']['RefundPreviewOut'];
export type PreviewedRefund = components['schemas']['PreviewedRefundOut'];
export type RefundedDocument = components['schemas']['RefundedDocumentOut'];

const MOST = 1000;

/** What would be paid back to whom now. */
export function refundPreviewQuery(issuer_id: string, least_cents: number) {
  return queryOptions({
    queryKey: ['payments', 'refund preview', issuer_id, least_cents],
    queryFn: () => previewRefund(issuer_id, least_cents),
    staleTime: 30_000,
  });
}

function previewRefund(issuer_id: string, least_cents: number): Promise<RefundPreview> {
  const params = { path: { issuer_id }, query: { least_cents } };
  return unwrap(api.GET('/billing/issuers/{issuer_id}/refund-preview', { params }));
}

/** The refunds of who collects, the newest day first. */
export function refundsQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'refunds', issuer_id],
    queryFn: () =>
      allPages(
        MOST,
        (query) =>
          unwrap(
            api.GET('/billing/issuers/{issuer_id}/refunds', {
              params: { path: { issuer_id }, query },
            }),
          ),
        ({ id }: Refund) => id,
      ),
    staleTime: 30_000,
  });
}

export function refundQuery(issuer_id: string, refund_id: string) {
  const params = { path: { issuer_id, refund_id } };
  return queryOptions({
    queryKey: ['payments', 'refund', issuer_id, refund_id],
    queryFn: () => unwrap(api.GET('/billing/issuers/{issuer_id}/refunds/{refund_id}', { params })),
    staleTime: 30_000,
  });
}

/** Pay back what was shown; null, and nothing is made, where that has changed. Throws Problem. */
export async function payBack(
  issuer_id: string,
  refund_id: string,
  day: string,
  least_cents: number,
  shown: RefundPreview,
): Promise<Refund | null> {
  if (!isSameRefund(shown, await previewRefund(issuer_id, least_cents))) return null;
  const params = { path: { issuer_id, refund_id } };
  const body = { day, least_cents };
  return unwrap(api.PUT('/billing/issuers/{issuer_id}/refunds/{refund_id}', { params, body }));
}

/** The bank never got its file. Throws Problem. */
export function cancelRefund({ creditor_id, id }: Refund): Promise<Refund> {
  const params = { path: { issuer_id: creditor_id, refund_id: id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/refunds/{refund_id}/cancellation', { params }),
  );
}

/** The bank rejected one of them before money moved. Throws Problem. */
export function rejectRefund(
  issuer_id: string,
  refund_id: string,
  item_id: string,
  reason: string,
) {
  const params = { path: { issuer_id, refund_id, item_id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/refunds/{refund_id}/items/{item_id}/rejection', {
      params,
      body: { reason },
    }),
  );
}

/** The transfers, for the bank. Throws Problem. */
export function loadRefundFile({ creditor_id, id }: Refund): Promise<Blob> {
  const params = { path: { issuer_id: creditor_id, refund_id: id } };
  const file = api.GET('/billing/issuers/{issuer_id}/refunds/{refund_id}/pain.001.xml', {
    params,
    parseAs: 'blob',
  });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}
