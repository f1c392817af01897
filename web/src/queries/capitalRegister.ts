import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';

type Schemas = components['schemas'];
export type CapitalHolders = Schemas['CapitalOut'];
export type CapitalMovement = Schemas['RegisteredMovementOut'];
export type CapitalMovementBody = Schemas['CapitalMovementIn'];
export type CapitalKind = CapitalMovement['kind'];

const REGISTER = '/community/organisers/{organiser_id}/capital';
const AT_ONCE = 1000;

/** The shares of a co-operative today: in all, and of each holder by name. */
export function holdersQuery(organiser_id: string) {
  const path = { organiser_id };
  return queryOptions({
    queryKey: ['capital', organiser_id, 'holders'],
    queryFn: async (): Promise<CapitalHolders> => {
      const ask = (query: { limit: number; after?: string }) =>
        unwrap(api.GET(REGISTER, { params: { path, query } }));
      const whole = await ask({ limit: 1 });
      const holders = await allPages(
        AT_ONCE,
        async (page) => (await ask(page)).holders,
        ({ member_id }) => member_id,
      );
      return { ...whole, holders: holders.sort((a, b) => a.name.localeCompare(b.name, 'fr')) };
    },
    staleTime: 10_000,
  });
}

/** All movements of a co-operative's register, the newest first. */
export function movementsQuery(organiser_id: string) {
  const path = { organiser_id };
  return queryOptions({
    queryKey: ['capital', organiser_id, 'movements'],
    queryFn: async () => {
      const movements = await allPages(
        AT_ONCE,
        ({ limit, after = '0' }) =>
          unwrap(
            api.GET(`${REGISTER}/movements`, {
              params: { path, query: { limit, after: Number(after) } },
            }),
          ),
        ({ number }) => String(number),
      );
      return movements.reverse();
    },
    staleTime: 10_000,
  });
}

/** All members of the platform by name: who holds shares need not take part in an operation. */
export const everyMemberQuery = queryOptions({
  queryKey: ['every member'],
  queryFn: async () => {
    const members = await allPages(
      AT_ONCE,
      (query) => unwrap(api.GET('/community/members', { params: { query } })),
      ({ id }) => id,
    );
    return members.sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  },
  staleTime: 60_000,
});

/** Throws Problem. */
export function recordMovement(organiser_id: string, id: string, body: CapitalMovementBody) {
  const params = { path: { organiser_id, movement_id: id } };
  return unwrap(api.PUT(`${REGISTER}/movements/{movement_id}`, { params, body }));
}

/** Throws Problem. */
export function cancelMovement({ organiser_id, id }: CapitalMovement, reason: string) {
  const params = { path: { organiser_id, movement_id: id } };
  return unwrap(
    api.POST(`${REGISTER}/movements/{movement_id}/cancellation`, { params, body: { reason } }),
  );
}

export function capitalChanged(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['capital'] });
}
