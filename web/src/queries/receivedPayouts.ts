import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { Language } from '../words/language';

export type ReceivedPayout = components['schemas']['ReceivedPayoutOut'];

/** As many as a page shows. */
const FEW = 12;

/** What a member was last paid of what others collected for it. */
export function receivedPayoutsQuery(member_id: string) {
  const params = { path: { member_id }, query: { limit: FEW } };
  return queryOptions({
    queryKey: ['payments', 'received payouts', member_id],
    queryFn: () => unwrap(api.GET('/billing/payees/{member_id}/payouts', { params })),
    staleTime: 60_000,
  });
}

/** What a transfer is made of, on paper. Throws Problem. */
export function loadPayoutStatement(
  issuer_id: string,
  payout_id: string,
  item_id: string,
  language: Language,
): Promise<Blob> {
  const params = { path: { issuer_id, payout_id, item_id }, query: { language } };
  const file = api.GET(
    '/billing/issuers/{issuer_id}/payouts/{payout_id}/items/{item_id}/statement.pdf',
    { params, parseAs: 'blob' },
  );
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}
