import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Accise = components['schemas']['AcciseRegimeOut'];
export type AcciseEntry = components['schemas']['AcciseEntryOut'];
export type AcciseEntryIn = components['schemas']['AcciseEntryIn'];
export type AcciseRegime = components['schemas']['AcciseRegime'];
export type AcciseCategory = components['schemas']['AcciseCategory'];

/** Whether the accise is due in an operation: what was decided, in that order, and the default. */
export function acciseQuery(operation_id: string) {
  const path = { operation_id };
  return queryOptions({
    queryKey: ['accise', operation_id],
    queryFn: () =>
      unwrap(api.GET('/billing/operations/{operation_id}/accise-regime', { params: { path } })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function saveAccise(operation_id: string, body: AcciseEntryIn) {
  const params = { path: { operation_id } };
  return unwrap(api.PUT('/billing/operations/{operation_id}/accise-regime', { params, body }));
}
