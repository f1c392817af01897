import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type Key = components['schemas']['KeyOut'];

/** How an operation shares what it makes: all versions that are approved, by number. */
export function keysQuery(operationId: string) {
  return queryOptions({
    queryKey: ['keys', operationId],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/keys', {
          params: { path: { operation_id: operationId } },
        }),
      ),
    staleTime: 60_000,
  });
}
