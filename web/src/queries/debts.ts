import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { allPages } from './allPages';

export type WriteOff = components['schemas']['WriteOffIn'];
export type SetOff = components['schemas']['SetOffIn'];

const MOST = 1000;

/** What a seller no longer waits for, the newest first. */
export function writeOffsQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'write-offs', issuer_id],
    queryFn: () =>
      allPages(
        MOST,
        (query) =>
          unwrap(
            api.GET('/billing/issuers/{issuer_id}/write-offs', {
              params: { path: { issuer_id }, query },
            }),
          ),
        ({ id }) => id,
      ),
    staleTime: 30_000,
  });
}

/** What is owed is doubtful or lost: the books say so. Throws Problem. */
export function writeOff(issuer_id: string, write_off_id: string, body: WriteOff) {
  const params = { path: { issuer_id, write_off_id } };
  return unwrap(
    api.PUT('/billing/issuers/{issuer_id}/write-offs/{write_off_id}', { params, body }),
  );
}

/** What a customer is owed pays another invoice of theirs, as far as it goes. Throws Problem. */
export function setOff(issuer_id: string, set_off_id: string, body: SetOff) {
  const params = { path: { issuer_id, set_off_id } };
  return unwrap(api.PUT('/billing/issuers/{issuer_id}/set-offs/{set_off_id}', { params, body }));
}
