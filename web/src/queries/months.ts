import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type ListedMonth = components['schemas']['PointMonthOut'];
export type PointMonth = components['schemas']['PointMonthDaysOut'];
export type PointDay = components['schemas']['PointDayOut'];

/** A month of a consuming point, step by step. */
export function monthQuery(operationId: string, prm: string, month: string) {
  const path = { operation_id: operationId, prm, month };
  return queryOptions({
    queryKey: ['month', operationId, prm, month],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/points/{prm}/months/{month}', {
          params: { path },
        }),
      ),
    staleTime: 60_000,
  });
}

/** The months of a consuming point up to now, in order, with their sums. */
export function monthsQuery(operationId: string, prm: string) {
  const path = { operation_id: operationId, prm };
  return queryOptions({
    queryKey: ['months', operationId, prm],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/points/{prm}/months', { params: { path } }),
      ),
    staleTime: 60_000,
  });
}

/** What months of a point and of a plant have alike. */
interface AnyMonth {
  month: string;
  totals: { days_allocated: number };
}

/** The month to begin with: the last of which something is shared out, else the last. */
export function lastMonthWithShares(months: readonly AnyMonth[]): string | undefined {
  const month = months.findLast(({ totals }) => totals.days_allocated > 0) ?? months.at(-1);
  return month?.month;
}

/** The last day of a month, of a point or of a plant, that is shared out. */
export function lastDayWithShares(days: readonly { day: string; status: string }[]) {
  return days.findLast(({ status }) => status === 'allocated')?.day;
}
