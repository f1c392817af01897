import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type CorrectionPolicy = components['schemas']['CorrectionPolicy'];

/** How an operation's issued invoices are corrected. */
export function correctionPolicyQuery(operation_id: string) {
  const params = { path: { operation_id } };
  return queryOptions({
    queryKey: ['correction policy', operation_id],
    queryFn: async (): Promise<CorrectionPolicy> => {
      const { policy } = await unwrap(
        api.GET('/billing/operations/{operation_id}/correction-policy', { params }),
      );
      return policy;
    },
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function saveCorrectionPolicy(operation_id: string, policy: CorrectionPolicy) {
  const params = { path: { operation_id } };
  return unwrap(
    api.PUT('/billing/operations/{operation_id}/correction-policy', { params, body: { policy } }),
  );
}
