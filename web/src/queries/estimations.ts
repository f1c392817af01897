import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/ingest';

export type EstimationPolicy = components['schemas']['EstimationPolicyBody'];
export type Method = components['schemas']['Method'];
export type Estimation = components['schemas']['EstimationOut'];

/** How gaps of an operation may be filled. */
export function estimationPolicyQuery(operation_id: string) {
  const params = { path: { operation_id } };
  return queryOptions({
    queryKey: ['estimation policy', operation_id],
    queryFn: () =>
      unwrap(api.GET('/ingest/operations/{operation_id}/estimation-policy', { params })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function saveEstimationPolicy(operation_id: string, body: EstimationPolicy) {
  const params = { path: { operation_id } };
  return unwrap(api.PUT('/ingest/operations/{operation_id}/estimation-policy', { params, body }));
}

/** What was asked for to fill gaps, the newest first. */
export function estimationsQuery(operation_id: string) {
  const params = { path: { operation_id }, query: { limit: 100 } };
  return queryOptions({
    queryKey: ['estimations', operation_id],
    queryFn: () => unwrap(api.GET('/ingest/operations/{operation_id}/estimations', { params })),
    staleTime: 30_000,
  });
}

/** Values are missing again where they were estimated by it. Throws Problem. */
export function withdrawEstimation({ operation_id, id }: Estimation): Promise<Estimation> {
  const params = { path: { operation_id, estimation_id: id } };
  return unwrap(
    api.DELETE('/ingest/operations/{operation_id}/estimations/{estimation_id}', { params }),
  );
}
