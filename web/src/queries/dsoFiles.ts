import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/ingest';
import { allPages } from './allPages';

type Schemas = components['schemas'];
export type Series = Schemas['SeriesOut'];
export type Pull = Schemas['PullOut'];
export type HeldPoint = Schemas['HeldOut'];
export type Pulled = Schemas['PulledOut'];
export type PullState = Schemas['PullState'];

/** Of what is listed one page after another. */
const AT_ONCE = 1000;
/** The newest; which of them one wants to see is told. */
const PULLS = 200;

/** Series of the grid operator's files in which a number is missing. */
export const lackingSeriesQuery = queryOptions({
  queryKey: ['lacking series'],
  queryFn: () =>
    allPages(
      AT_ONCE,
      (query) => unwrap(api.GET('/ingest/sequences', { params: { query } })),
      ({ series }) => series,
    ),
  staleTime: 10_000,
});

/** What the platform asked of the grid operator by itself, the newest first. */
export function pullsQuery(state: PullState | undefined) {
  const query = { limit: PULLS, ...(state ? { state } : {}) };
  return queryOptions({
    queryKey: ['pulls', state],
    queryFn: () => unwrap(api.GET('/ingest/pulls', { params: { query } })),
    staleTime: 10_000,
  });
}

/** Throws Problem. */
export function askPull(body: Schemas['PullIn']): Promise<Pulled> {
  return unwrap(api.POST('/ingest/pulls', { body }));
}

export function pullsChanged(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['pulls'] });
}

/** Points whose readings came, and that take part in no operation on their days. */
export const heldReadingsQuery = queryOptions({
  queryKey: ['held readings'],
  queryFn: () =>
    allPages(
      AT_ONCE,
      (query) => unwrap(api.GET('/ingest/held', { params: { query } })),
      ({ id }) => id,
    ),
  staleTime: 10_000,
});

/** Operations whose results came before their perimeter. */
export const heldResultsQuery = queryOptions({
  queryKey: ['held results'],
  queryFn: () => unwrap(api.GET('/ingest/held-results')),
  staleTime: 10_000,
});
