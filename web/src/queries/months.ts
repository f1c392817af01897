import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

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
