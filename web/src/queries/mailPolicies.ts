import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type MailPolicy = components['schemas']['MailPolicyOut'];

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

/** Throws Problem. */
export function saveMailPolicy(issuer_id: string, body: MailPolicy): Promise<MailPolicy> {
  const params = { path: { issuer_id } };
  return unwrap(api.PUT('/billing/issuers/{issuer_id}/mail-policy', { params, body }));
}
