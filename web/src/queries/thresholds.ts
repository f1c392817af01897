import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Thresholds = components['schemas']['ThresholdsBody'];

/** The least sums that an operation invoices, debits, reminds of and corrects, in cents. */
export function thresholdsQuery(operation_id: string) {
  const params = { path: { operation_id } };
  return queryOptions({
    queryKey: ['thresholds', operation_id],
    queryFn: () => unwrap(api.GET('/billing/operations/{operation_id}/thresholds', { params })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function saveThresholds(operation_id: string, body: Thresholds) {
  const params = { path: { operation_id } };
  return unwrap(api.PUT('/billing/operations/{operation_id}/thresholds', { params, body }));
}
