import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type MonthDays = components['schemas']['MonthDaysOut'];
export type OperationDay = components['schemas']['DayOut'];
export type DayStatus = components['schemas']['DayStatus'];
export type Summary = components['schemas']['SummaryOut'];
export type Policy = components['schemas']['PolicyOut'];

const SOON_MS = 2000;

/** Which days of a month have shares, and why the others have none. */
export function daysQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['days', operation_id, month],
    queryFn: async ({ client, queryKey }) => {
      const before = client.getQueryData<MonthDays>(queryKey);
      const days = await unwrap(
        api.GET('/allocation/operations/{operation_id}/days', {
          params: { path: { operation_id }, query: { month } },
        }),
      );
      // Sums that were made before know nothing of the days that are shared now.
      if (before && sharedIn(before) !== sharedIn(days)) {
        void client.invalidateQueries({ queryKey: ['summary', operation_id, month] });
        void client.invalidateQueries({ queryKey: ['operation months', operation_id] });
      }
      return days;
    },
    staleTime: 30_000,
    // Days that wait are shared in a moment.
    refetchInterval: ({ state }) => (state.data?.pending ? SOON_MS : false),
  });
}

function sharedIn({ days }: MonthDays): number {
  return days.filter(({ status }) => status === 'allocated').length;
}

/** A month's energies by point and in all. */
export function summaryQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['summary', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/summary', {
          params: { path: { operation_id }, query: { month } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** How an operation is shared and settled. */
export function policyQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['policy', operation_id],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/policy', {
          params: { path: { operation_id } },
        }),
      ),
    staleTime: 60_000,
  });
}

/** From now on estimates count where no reading has come. Throws Problem. */
export function countEstimates(operation_id: string, policy: Policy) {
  return unwrap(
    api.PUT('/allocation/operations/{operation_id}/policy', {
      params: { path: { operation_id } },
      body: { ...policy, missing_readings: 'estimate' },
    }),
  );
}
