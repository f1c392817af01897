import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

type Schemas = components['schemas'];
export type Feed = Schemas['FeedOut'];
export type FeedSecret = Schemas['FeedSecretOut'];
type FeedBody = Schemas['FeedIn'];
type SecretBody = Schemas['SecretIn'];

/** Programs that may send files, by name. */
export const feedsQuery = queryOptions({
  queryKey: ['feeds'],
  queryFn: () => unwrap(api.GET('/community/feeds')),
  staleTime: 10_000,
});

/** Throws Problem. */
export function makeFeed(body: FeedBody): Promise<FeedSecret> {
  return unwrap(api.POST('/community/feeds', { body }));
}

/** Throws Problem. */
export function addSecret(feed_id: string, body: SecretBody): Promise<FeedSecret> {
  const params = { path: { feed_id } };
  return unwrap(api.POST('/community/feeds/{feed_id}/secrets', { params, body }));
}

/** Throws Problem. */
export function revokeFeed(feed_id: string) {
  return unwrap(api.DELETE('/community/feeds/{feed_id}', { params: { path: { feed_id } } }));
}

export function feedsChanged(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries(feedsQuery);
}
