import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type DayPrices = components['schemas']['DayPricesOut'];
export type PlantPrices = components['schemas']['PlantPricesOut'];
export type PaidPrice = components['schemas']['PaidPriceOut'];

/** What a kWh of an operation costs today, for a point, or for anybody: by plant and half-hour. */
export function dayPricesQuery(operationId: string, day: string, prm?: string) {
  return queryOptions({
    queryKey: ['prices', operationId, day, prm ?? ''],
    queryFn: () =>
      unwrap(
        api.GET('/billing/operations/{operation_id}/day-prices', {
          params: { path: { operation_id: operationId }, query: prm ? { day, prm } : { day } },
        }),
      ),
    staleTime: 60_000,
  });
}
