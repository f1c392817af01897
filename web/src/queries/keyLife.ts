import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';
import type { components as Community } from '../api/schema/community';
import type { Key } from './keys';

export type Adoption = components['schemas']['AdoptionOut'];
export type KeyIn = components['schemas']['KeyIn'];
export type PollIn = Community['schemas']['PollIn'];

const KEY = '/allocation/operations/{operation_id}/keys/{key_id}';

/** What came of the votes that adopted a key. */
export function adoptionsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['adoptions', operation_id],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/adoptions', {
          params: { path: { operation_id } },
        }),
      ),
    staleTime: 10_000,
  });
}

/** Write a draft, or write it anew. Throws Problem. */
export function draftKey(operation: string, key: string, body: KeyIn): Promise<Key> {
  return unwrap(api.PUT(KEY, { ...pathOf(operation, key), body }));
}

/** Remove one that was not declared. Throws Problem. */
export function withdrawKey(operation: string, key: string) {
  return unwrap(api.DELETE(KEY, pathOf(operation, key)));
}

/** Fix a draft. Throws Problem. */
export function approveKey(operation: string, key: string): Promise<Key> {
  return unwrap(api.POST(`${KEY}/approval`, { ...pathOf(operation, key), body: {} }));
}

/** Record on which day the DSO was told. Throws Problem. */
export function declareKey(operation: string, key: string, declared_on: string): Promise<Key> {
  return unwrap(
    api.POST(`${KEY}/declaration`, { ...pathOf(operation, key), body: { declared_on } }),
  );
}

/** Put in force, from its first day on. Throws Problem. */
export function activateKey(operation: string, key: string): Promise<Key> {
  return unwrap(api.POST(`${KEY}/activation`, pathOf(operation, key)));
}

/** Draft a vote and open it at once. Throws Problem. */
export async function openVote(operation_id: string, poll_id: string, body: PollIn) {
  const params = { path: { operation_id, poll_id } };
  const path = '/community/operations/{operation_id}/polls/{poll_id}';
  await unwrap(api.PUT(path, { params, body }));
  return unwrap(api.POST(`${path}/opening`, { params, body: {} }));
}

function pathOf(operation_id: string, key_id: string) {
  return { params: { path: { operation_id, key_id } } };
}
