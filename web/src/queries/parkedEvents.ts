import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem } from '../api/problem';
import type { components } from '../api/schema/community';
import { groupsBy } from '../words/groups';
import { SERVICES, type Service } from './services';

type ParkedOut = components['schemas']['ParkedEventOut'];

/** An event that a service could not take. */
export interface ParkedEvent extends ParkedOut {
  service: Service;
}

/** Events that one service could not take for the same reason, the oldest first. */
export type ParkedKind = readonly [ParkedEvent, ...ParkedEvent[]];

/** What came of trying events again. */
export interface Replayed {
  /** So many are taken now. */
  taken: number;
  /** Why others are not, in short. */
  failures: string[];
}

/** Of each service; what is beyond comes once these are replayed. */
const MOST = 1000;
const params = { query: { limit: MOST } };

const ASK: Record<Service, () => Promise<ParkedOut[]>> = {
  community: () => unwrap(api.GET('/community/parked-events', { params })),
  ingest: () => unwrap(api.GET('/ingest/parked-events', { params })),
  allocation: () => unwrap(api.GET('/allocation/parked-events', { params })),
  billing: () => unwrap(api.GET('/billing/parked-events', { params })),
};

const REPLAY: Record<Service, (event_id: string) => Promise<unknown>> = {
  community: (event_id) =>
    unwrap(
      api.POST('/community/parked-events/{event_id}/replay', { params: { path: { event_id } } }),
    ),
  ingest: (event_id) =>
    unwrap(api.POST('/ingest/parked-events/{event_id}/replay', { params: { path: { event_id } } })),
  allocation: (event_id) =>
    unwrap(
      api.POST('/allocation/parked-events/{event_id}/replay', { params: { path: { event_id } } }),
    ),
  billing: (event_id) =>
    unwrap(
      api.POST('/billing/parked-events/{event_id}/replay', { params: { path: { event_id } } }),
    ),
};

/** What waits in each service. */
export const parkedEventsQueries = SERVICES.map((service) =>
  queryOptions({
    queryKey: ['parked events', service],
    queryFn: async (): Promise<ParkedEvent[]> =>
      (await ASK[service]()).map((event) => ({ ...event, service })),
    staleTime: 10_000,
  }),
);

/** Those of a service, of what and why together, the oldest kind first. */
export function kindsOf(events: readonly ParkedEvent[]): ParkedKind[] {
  const oldestFirst = [...events].sort((one, other) => (one.parked_at < other.parked_at ? -1 : 1));
  const kinds = groupsBy(oldestFirst, (event) =>
    [event.service, event.type, event.failure].join(' '),
  );
  return [...kinds.values()] as unknown as ParkedKind[];
}

/**
 * Have events tried again, one after another in the order in which they came, and tell how many
 * were. Throws Problem where that could not be tried.
 */
export async function replay(
  events: readonly ParkedEvent[],
  onDone: (count: number) => void,
): Promise<Replayed> {
  const replayed: Replayed = { taken: 0, failures: [] };
  for (const [place, { service, id }] of events.entries()) {
    try {
      await REPLAY[service](id);
      replayed.taken += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // That one is parked no more: somebody else replayed it.
      if (error.slug === 'parked-event-unknown') replayed.taken += 1;
      else if (error.slug === 'event-fails-again') {
        replayed.failures.push(String(error.facts.failure));
      } else throw error;
    }
    onDone(place + 1);
  }
  return replayed;
}

/** What waits, and how the services are, is another thing after that. */
export async function eventsReplayed(queries: QueryClient): Promise<void> {
  await Promise.all(
    ['parked events', 'today', 'health'].map((key) =>
      queries.invalidateQueries({ queryKey: [key] }),
    ),
  );
}
