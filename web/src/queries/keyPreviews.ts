import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type KeyPreview = components['schemas']['KeyPreviewOut'];

const COMPUTED_WITHIN_MS = 10_000;

/** What a draft key would have given a point; asked for again while it is computed. */
export function keyPreviewQuery(operationId: string, keyId: string, prm: string) {
  return queryOptions({
    queryKey: ['key-preview', operationId, keyId, prm],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/keys/{key_id}/preview', {
          params: { path: { operation_id: operationId, key_id: keyId }, query: { prm } },
        }),
      ),
    staleTime: 60_000,
    refetchInterval: ({ state }) =>
      state.data?.state === 'computing' ? COMPUTED_WITHIN_MS : false,
  });
}
