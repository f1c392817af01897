import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';

/** What is mailed for a seller by itself. */
export function mailPolicyQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'mail policy', issuer_id],
    queryFn: () =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/mail-policy', { params: { path: { issuer_id } } }),
      ),
    staleTime: 60_000,
  });
}
