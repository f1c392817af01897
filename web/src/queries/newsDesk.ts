import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { type Article, articleQuery } from './news';

export type ArticleIn = components['schemas']['ArticleIn'];

const PAGE = 50;
const ARTICLE = '/community/news/{article_id}';

/** All that an operation has written, drafts too; a page after another. */
export function operationNewsQuery(operation_id: string) {
  return infiniteQueryOptions({
    queryKey: ['news', operation_id],
    queryFn: ({ pageParam: after }) =>
      unwrap(
        api.GET('/community/news', {
          params: { query: { operation_id, limit: PAGE, ...(after ? { after } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    staleTime: 60_000,
  });
}

/** Throws Problem, as all of these do. */
export function draftArticle(id: string, body: ArticleIn): Promise<Article> {
  return unwrap(api.PUT(ARTICLE, { ...pathOf(id), body }));
}

export function publishArticle(id: string): Promise<Article> {
  return unwrap(api.POST(`${ARTICLE}/publication`, pathOf(id)));
}

export function withdrawArticle(id: string): Promise<Article> {
  return unwrap(api.POST(`${ARTICLE}/withdrawal`, pathOf(id)));
}

export function pinArticle(id: string, is_pinned: boolean): Promise<Article> {
  return unwrap(api.PUT(`${ARTICLE}/pin`, { ...pathOf(id), body: { is_pinned } }));
}

/** As it is now; the lists that it is in are asked for again. */
export function articleChanged(queries: QueryClient, article: Article): Promise<void> {
  queries.setQueryData(articleQuery(article.id).queryKey, article);
  return queries.invalidateQueries({ queryKey: ['news'] });
}

function pathOf(article_id: string) {
  return { params: { path: { article_id } } };
}
