import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';

/** What a kWh of an operation costs, when, and whom; of others' own prices nothing. */
export function pricesQuery(operationId: string) {
  return queryOptions({
    queryKey: ['prices', operationId],
    queryFn: () =>
      unwrap(
        api.GET('/billing/operations/{operation_id}/prices', {
          params: { path: { operation_id: operationId } },
        }),
      ),
    staleTime: 60_000,
  });
}
