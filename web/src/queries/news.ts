import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type Article = components['schemas']['ArticleOut'];

const PAGE = 20;

/** The pinned ones first, then the latest; a page after another. */
export const newsQuery = infiniteQueryOptions({
  queryKey: ['news'],
  queryFn: ({ pageParam: after }) =>
    unwrap(
      api.GET('/community/news', {
        params: { query: { limit: PAGE, ...(after ? { after } : {}) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
  staleTime: 60_000,
});

export function articleQuery(id: string) {
  return queryOptions({
    queryKey: ['article', id],
    queryFn: () =>
      unwrap(api.GET('/community/news/{article_id}', { params: { path: { article_id: id } } })),
    staleTime: 60_000,
  });
}
