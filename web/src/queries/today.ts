import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { SERVICES, type Service } from './services';

export type Waiting = components['schemas']['WaitingOut'];

const ASK: Record<Service, () => Promise<Waiting[]>> = {
  community: () => unwrap(api.GET('/community/today')),
  ingest: () => unwrap(api.GET('/ingest/today')),
  allocation: () => unwrap(api.GET('/allocation/today')),
  billing: () => unwrap(api.GET('/billing/today')),
};

/** What waits for a person, in each service. */
export const todayQueries = SERVICES.map((service) =>
  queryOptions({ queryKey: ['today', service], queryFn: ASK[service], staleTime: 30_000 }),
);
