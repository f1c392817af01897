import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/ingest';

export type Completeness = components['schemas']['CompletenessOut'];
export type PointCompleteness = components['schemas']['PointCompletenessOut'];
export type Lack = components['schemas']['LackOut'];
export type PointDays = components['schemas']['PointDaysIn'];
export type LateReadings = components['schemas']['MissingOut'];

/** What of a month's readings has come, by point and day. */
export function completenessQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['completeness', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET('/ingest/operations/{operation_id}/completeness', {
          params: { path: { operation_id }, query: { month } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** What is late of a month, and what was asked for again. */
export function lateReadingsQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['late readings', operation_id, month],
    queryFn: () => lateReadings(operation_id, month),
    staleTime: 30_000,
  });
}

/** Throws Problem. */
export function lateReadings(operation_id: string, month: string) {
  return unwrap(
    api.GET('/ingest/operations/{operation_id}/re-requests', {
      params: { path: { operation_id }, query: { month } },
    }),
  );
}

/** Ask again for what is late of a month: for all of it, or for some days. Throws Problem. */
export function askAgain(operation_id: string, month: string, only: PointDays[] | null = null) {
  return unwrap(
    api.POST('/ingest/operations/{operation_id}/re-requests', {
      params: { path: { operation_id }, query: { month } },
      body: { only },
    }),
  );
}

/** Fill what is missing of a month, or of some days, as far as the methods go. Throws Problem. */
export function estimate(operation_id: string, month: string, only: PointDays[] | null = null) {
  return unwrap(
    api.POST('/ingest/operations/{operation_id}/estimations', {
      params: { path: { operation_id } },
      body: { month, only },
    }),
  );
}
