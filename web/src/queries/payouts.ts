import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { isSamePaid } from '../words/payouts';
import { allPages } from './allPages';

export type Payout = components['schemas']['PayoutOut'];
export type PayoutDetail = components['schemas']['PayoutDetailOut'];
export type PayoutItem = components['schemas']['TransferOut'];

export type PayoutPreview = components['schemas']['PayoutPreviewOut'];
export type PayeeAccount = components['schemas']['PayeeAccountOut'];
export type PayoutReserve = components['schemas']['PayoutReserveOut'];

const MOST = 1000;

/** The payouts of who collects for others, the newest day first. */
export function payoutsQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'payouts', issuer_id],
    queryFn: () => listPayouts(issuer_id),
    staleTime: 30_000,
  });
}

export function payoutQuery(issuer_id: string, payout_id: string) {
  return queryOptions({
    queryKey: ['payments', 'payout', issuer_id, payout_id],
    queryFn: () => getPayout(issuer_id, payout_id),
    staleTime: 30_000,
  });
}

/** What a payout would pay to whom now, and what it would keep. */
export function payoutPreviewQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'payout preview', issuer_id],
    queryFn: () => previewPayout(issuer_id),
    staleTime: 30_000,
  });
}

export function previewPayout(issuer_id: string): Promise<PayoutPreview> {
  const params = { path: { issuer_id } };
  return unwrap(api.GET('/billing/issuers/{issuer_id}/payout-preview', { params }));
}

export function payoutReserveQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'payout reserve', issuer_id],
    queryFn: () =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/payout-reserve', { params: { path: { issuer_id } } }),
      ),
    staleTime: 60_000,
  });
}

/** Keep that much of direct debits that may come back. Throws Problem. */
export function saveReserve(issuer_id: string, body: PayoutReserve): Promise<PayoutReserve> {
  const params = { path: { issuer_id } };
  return unwrap(api.PUT('/billing/issuers/{issuer_id}/payout-reserve', { params, body }));
}

function listPayouts(issuer_id: string): Promise<Payout[]> {
  return allPages(
    MOST,
    (query) =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/payouts', { params: { path: { issuer_id }, query } }),
      ),
    ({ id }) => id,
  );
}

function getPayout(issuer_id: string, payout_id: string): Promise<PayoutDetail> {
  const params = { path: { issuer_id, payout_id } };
  return unwrap(api.GET('/billing/issuers/{issuer_id}/payouts/{payout_id}', { params }));
}

/**
 * Have transfers of all that can be paid made, in one file for the bank; null, and none is made,
 * where that is no more what was shown. Throws Problem.
 */
export async function payOut(
  issuer_id: string,
  payout_id: string,
  day: string,
  shown: readonly PayeeAccount[],
): Promise<Payout | null> {
  if (!isSamePaid(shown, (await previewPayout(issuer_id)).payees)) return null;
  const params = { path: { issuer_id, payout_id } };
  return unwrap(
    api.PUT('/billing/issuers/{issuer_id}/payouts/{payout_id}', { params, body: { day } }),
  );
}

/** The bank never got its file. Throws Problem. */
export function cancelPayout({ creditor_id, id }: Payout): Promise<Payout> {
  const params = { path: { issuer_id: creditor_id, payout_id: id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/payouts/{payout_id}/cancellation', { params }),
  );
}

/** The bank rejected one of them before money moved. Throws Problem. */
export function rejectTransfer(
  issuer_id: string,
  payout_id: string,
  item_id: string,
  reason: string,
) {
  const params = { path: { issuer_id, payout_id, item_id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/payouts/{payout_id}/items/{item_id}/rejection', {
      params,
      body: { reason },
    }),
  );
}

/** The transfers, for the bank. Throws Problem. */
export function loadTransfers({ creditor_id, id }: Payout): Promise<Blob> {
  const params = { path: { issuer_id: creditor_id, payout_id: id } };
  const file = api.GET('/billing/issuers/{issuer_id}/payouts/{payout_id}/pain.001.xml', {
    params,
    parseAs: 'blob',
  });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}
