import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type Settlement = components['schemas']['SettlementHeadOut'];
export type Reconciliation = components['schemas']['ReconciliationOut'];
export type DifferenceClass = components['schemas']['DifferenceClass'];

/** The settlements of a month by number; the last one counts. */
export function settlementsQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['settlements', operation_id, month],
    queryFn: () => settlements(operation_id, month),
    staleTime: 30_000,
  });
}

/** Throws Problem. */
export function settlements(operation_id: string, month: string): Promise<Settlement[]> {
  return unwrap(
    api.GET('/allocation/operations/{operation_id}/settlements', {
      params: { path: { operation_id }, query: { month } },
    }),
  );
}

/** Freeze what is to be billed. Throws Problem. */
export function settle(operation_id: string, month: string) {
  return unwrap(
    api.POST('/allocation/operations/{operation_id}/settlements', {
      params: { path: { operation_id } },
      body: { month },
    }),
  );
}

/** Whether a settlement comes out the same if it is made again. Throws Problem. */
export function verify({ operation_id, month, number }: Settlement) {
  return unwrap(
    api.GET('/allocation/settlements/{operation_id}/{month}/{number}/verification', {
      params: { path: { operation_id, month, number } },
    }),
  );
}

/** What of the DSO's results of a month has come. */
function dsoResultsQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['dso results', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET('/ingest/operations/{operation_id}/dso-results', {
          params: { path: { operation_id }, query: { month } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** Of what differs point by point; the sums are of all. */
const FINDINGS = 50;

/** What the DSO makes of a month, beside what we do; null: nothing of it has come. */
export function reconciliationQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['reconciliation', operation_id, month],
    queryFn: async ({ client }): Promise<Reconciliation | null> => {
      // A month of which nothing has come would be refused.
      const { curves, energies } = await client.ensureQueryData(
        dsoResultsQuery(operation_id, month),
      );
      if (curves.length + energies.length === 0) return null;
      return unwrap(
        api.GET('/allocation/operations/{operation_id}/reconciliation', {
          params: { path: { operation_id }, query: { month, limit: FINDINGS } },
        }),
      );
    },
    staleTime: 30_000,
  });
}
