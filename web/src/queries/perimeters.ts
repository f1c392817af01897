import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';

export type Perimeter = components['schemas']['PerimeterOut'];
export type Member = components['schemas']['MemberOut'];

/** More than that, and the platform asks for one page after another. */
const MOST = 1000;

/** All operations that one runs, which are all that there are for staff. */
export const runOperationsQuery = queryOptions({
  queryKey: ['run operations'],
  queryFn: () =>
    allPages(
      MOST,
      (query) => unwrap(api.GET('/community/operations', { params: { query } })),
      ({ id }) => id,
    ),
  staleTime: 60_000,
});

/** An operation, and who takes part in it with which points. */
export function perimeterQuery(operation_id: string) {
  const path = { operation_id };
  return queryOptions({
    queryKey: ['perimeter', operation_id],
    queryFn: () => unwrap(api.GET('/community/operations/{operation_id}', { params: { path } })),
    staleTime: 60_000,
  });
}

/** The members of an operation, as who runs it sees them. */
export function membersQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['members', operation_id],
    queryFn: () =>
      allPages(
        MOST,
        (page) =>
          unwrap(api.GET('/community/members', { params: { query: { operation_id, ...page } } })),
        ({ id }) => id,
      ),
    staleTime: 60_000,
  });
}
