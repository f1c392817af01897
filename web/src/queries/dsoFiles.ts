import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/ingest';
import { allPages } from './allPages';

type Schemas = components['schemas'];
export type Series = Schemas['SeriesOut'];
export type Pull = Schemas['PullOut'];
export type PullState = Schemas['PullState'];

/** Of series one page after another. */
const SERIES_AT_ONCE = 1000;
/** The newest; which of them one wants to see is told. */
const PULLS = 200;

/** Series of the grid operator's files in which a number is missing. */
export const lackingSeriesQuery = queryOptions({
  queryKey: ['lacking series'],
  queryFn: () =>
    allPages(
      SERIES_AT_ONCE,
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
