import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';
import type { Erasure } from './member';

export type ErasureRequest = components['schemas']['ErasureRequestOut'];

const AT_ONCE = 1000;

/** Members who asked to be erased and are not yet, the oldest request first. */
export const erasureRequestsQuery = queryOptions({
  queryKey: ['erasure requests'],
  queryFn: async () => {
    const requests = await allPages(
      AT_ONCE,
      (query) => unwrap(api.GET('/community/erasure-requests', { params: { query } })),
      ({ member_id }) => member_id,
    );
    return requests.sort((a, b) => a.requested_at.localeCompare(b.requested_at));
  },
  staleTime: 10_000,
});

/** Throws Problem. */
export function eraseMember(member_id: string): Promise<Erasure> {
  const params = { path: { member_id } };
  const body = { nothing_is_owed: true };
  return unwrap(api.POST('/community/members/{member_id}/erasure/execution', { params, body }));
}

export async function erasuresChanged(queries: QueryClient): Promise<void> {
  await Promise.all(
    [['erasure requests'], ['erasure'], ['every member'], ['today']].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  );
}
