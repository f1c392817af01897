import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Sums = components['schemas']['SumsOut'];

/** What a seller sold to households in a period, and what of it was reported. */
export function sumsQuery(issuer_id: string, period: string) {
  return queryOptions({
    queryKey: ['payments', 'sums', issuer_id, period],
    queryFn: () =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/e-reporting', {
          params: { path: { issuer_id }, query: { period } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** Close a period that is over, and have its sums sent. Throws Problem. */
export function reportSales(issuer_id: string, period: string) {
  const params = { path: { issuer_id, period } };
  return unwrap(api.POST('/billing/issuers/{issuer_id}/e-reporting/{period}', { params }));
}
