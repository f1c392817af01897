import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type Deadline = components['schemas']['DeadlineOut'];

/** What is due in all operations that one runs, what is late first. */
export const deadlinesQuery = queryOptions({
  queryKey: ['deadlines'],
  queryFn: () => unwrap(api.GET('/community/deadlines', { params: { query: { limit: 1000 } } })),
  staleTime: 30_000,
});
