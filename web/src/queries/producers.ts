import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type Producer = components['schemas']['NamedPlantOut'];

/** The plants of an operation, with the names that may be told. */
export function producersQuery(operationId: string) {
  return queryOptions({
    queryKey: ['producers', operationId],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/producers', {
          params: { path: { operation_id: operationId } },
        }),
      ),
    staleTime: 5 * 60_000,
  });
}
