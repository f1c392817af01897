import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type ListedPlantMonth = components['schemas']['PlantMonthOut'];
export type PlantMonth = components['schemas']['PlantMonthDaysOut'];

/** A month of an own plant, day by day. */
export function plantMonthQuery(operationId: string, prm: string, month: string) {
  const path = { operation_id: operationId, plant_prm: prm, month };
  return queryOptions({
    queryKey: ['plant month', operationId, prm, month],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/plants/{plant_prm}/months/{month}', {
          params: { path },
        }),
      ),
    staleTime: 60_000,
  });
}

/** The months of an own plant up to now, in order, with their sums. */
export function plantMonthsQuery(operationId: string, prm: string) {
  const path = { operation_id: operationId, plant_prm: prm };
  return queryOptions({
    queryKey: ['plant months', operationId, prm],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/plants/{plant_prm}/months', {
          params: { path },
        }),
      ),
    staleTime: 60_000,
  });
}
