import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { Language } from '../words/language';

export type CustomerAccount = components['schemas']['CustomerAccountOut'];
export type AccountLine = components['schemas']['AccountLineOut'];
export type OwedSums = components['schemas']['OwedSumsOut'];
export type OperationPayments = components['schemas']['OperationPaymentsOut'];

const LINES = 50;

/** What a member owes and has paid, page by page: each page says how the account stands. */
export function accountQuery(member_id: string) {
  return infiniteQueryOptions({
    queryKey: ['payments', 'account', member_id],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/billing/members/{member_id}/account', {
          params: {
            path: { member_id },
            query: { ...(pageParam && { after: pageParam }), limit: LINES },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ lines }) => (lines.length < LINES ? undefined : lines.at(-1)?.id),
    staleTime: 60_000,
  });
}

/** The account on paper, with all its lines. Throws Problem. */
export function loadAccountPdf(member_id: string, language: Language): Promise<Blob> {
  const params = { path: { member_id }, query: { language } };
  const file = api.GET('/billing/members/{member_id}/account.pdf', { params, parseAs: 'blob' });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}

/** Its lines, for a spreadsheet. Throws Problem. */
export function loadAccountTable(member_id: string): Promise<Blob> {
  const params = { path: { member_id } };
  const file = api.GET('/billing/members/{member_id}/account.csv', { params, parseAs: 'blob' });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}

/** Who owes what in an operation, what came in a month, and what goes out. */
export function operationPaymentsQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['payments', 'of operation', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET('/billing/operations/{operation_id}/payments', {
          params: { path: { operation_id }, query: { month } },
        }),
      ),
    staleTime: 30_000,
  });
}
