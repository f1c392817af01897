import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { Language } from '../words/language';
import { allPages } from './allPages';

export type PaymentNotice = components['schemas']['PaymentNoticeOut'];

/** The most that is told at once. */
const MOST = 500;
/** As many as a member may have to pay at a time. */
const FEW = 24;

/** The newest notices that I got. */
export const ownNoticesQuery = queryOptions({
  queryKey: ['payment notices'],
  queryFn: () => unwrap(api.GET('/billing/payment-notices', { params: { query: { limit: FEW } } })),
  staleTime: 60_000,
});

/** All notices of an operation that were made in a month. */
export function noticesQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['payments', 'notices', operation_id, month],
    queryFn: () =>
      allPages(
        MOST,
        (page) =>
          unwrap(
            api.GET('/billing/payment-notices', {
              params: { query: { operation_id, month, ...page } },
            }),
          ),
        ({ id }) => id,
      ),
    staleTime: 60_000,
  });
}

export function noticeQuery(notice_id: string) {
  const path = { notice_id };
  return queryOptions({
    queryKey: ['payment notice', notice_id],
    queryFn: () => unwrap(api.GET('/billing/payment-notices/{notice_id}', { params: { path } })),
    staleTime: 60_000,
  });
}

/** The notice on paper. Throws Problem. */
export async function noticePdfOf(notice_id: string, language: Language): Promise<Blob> {
  const params = { path: { notice_id }, query: { language } };
  const file = api.GET('/billing/payment-notices/{notice_id}.pdf', { params, parseAs: 'blob' });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}
