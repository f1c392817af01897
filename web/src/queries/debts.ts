import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { allPages } from './allPages';

export type WriteOff = components['schemas']['WriteOffIn'];

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
