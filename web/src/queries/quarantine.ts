import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapOrNull } from '../api/client';
import type { components } from '../api/schema/ingest';

type Schemas = components['schemas'];
export type Quarantined = Schemas['QuarantinedOut'];
export type QuarantineState = Quarantined['state'];
export type CodeCount = Schemas['QuarantineCountOut'];
export type Decided = Schemas['DecidedOut'];
export type Correction = Schemas['CorrectionIn'];

/** What may be done with a record without typing it anew. */
export type Decision = 'release' | 'discard';

/** Of which records one wants the list. */
interface QuarantineFilter {
  state: QuarantineState;
  code?: string | undefined;
  delivery?: string | undefined;
}

const PAGE = 100;
const RECORD = '/ingest/deliveries/{delivery_id}/quarantine/{number}';

/** How many records there are of each code. */
export function codeCountsQuery(delivery: string | undefined) {
  const query = delivery ? { delivery_id: delivery } : {};
  return queryOptions({
    queryKey: ['quarantine', 'counts', delivery],
    queryFn: () => unwrap(api.GET('/ingest/quarantine/counts', { params: { query } })),
    staleTime: 10_000,
  });
}

/** Records that were kept out, in the order in which they came. */
export function quarantineQuery({ state, code, delivery }: QuarantineFilter) {
  return infiniteQueryOptions({
    queryKey: ['quarantine', 'list', state, code, delivery],
    queryFn: ({ pageParam: after }) =>
      unwrap(
        api.GET('/ingest/quarantine', {
          params: {
            query: {
              state,
              after,
              limit: PAGE,
              ...(code ? { code } : {}),
              ...(delivery ? { delivery_id: delivery } : {}),
            },
          },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    staleTime: 10_000,
  });
}

/** What was kept out of a file, for who sent it: all of it, whoever's points it is about. */
export function keptOutQuery(delivery_id: string) {
  return infiniteQueryOptions({
    queryKey: ['quarantine', 'of', delivery_id],
    queryFn: ({ pageParam: after }) =>
      unwrap(
        api.GET('/ingest/deliveries/{delivery_id}/quarantine', {
          params: { path: { delivery_id }, query: { state: 'open', after, limit: PAGE } },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.number),
    staleTime: 10_000,
  });
}

/** A record of a delivery by its number; null: there is none. */
export function quarantinedQuery(delivery_id: string, number: number) {
  return queryOptions({
    queryKey: ['quarantine', 'one', delivery_id, number],
    queryFn: async (): Promise<Quarantined | null> => {
      const [record] = await unwrap(
        api.GET('/ingest/deliveries/{delivery_id}/quarantine', {
          params: { path: { delivery_id }, query: { after: number - 1, limit: 1 } },
        }),
      );
      return record?.number === number ? record : null;
    },
    staleTime: 10_000,
  });
}

/** What a point is called; null: the community knows none with this PRM. */
export function pointNameQuery(prm: string) {
  return queryOptions({
    queryKey: ['point name', prm],
    queryFn: async () => {
      const params = { path: { prm } };
      const point = await unwrapOrNull(api.GET('/community/points/{prm}', { params }));
      return point?.label ?? null;
    },
    staleTime: 60_000,
  });
}

const NOTHING: Decided = { decided: 0, accepted: 0, superseding: 0, duplicate: 0, outdated: 0 };

/**
 * Decide on records one after another, and tell how many are done; what came of all of them
 * together. Throws Problem: those before the one that was refused are decided on.
 */
export async function decideOn(
  records: readonly Quarantined[],
  decision: Decision,
  because: string,
  onDone: (count: number) => void,
): Promise<Decided> {
  let total = NOTHING;
  for (const [place, { delivery_id, number }] of records.entries()) {
    const params = { path: { delivery_id, number } };
    const decided = await unwrap(
      decision === 'release'
        ? api.POST(`${RECORD}/release`, { params, body: { because } })
        : api.POST(`${RECORD}/discard`, { params, body: { because } }),
    );
    total = together(total, decided);
    onDone(place + 1);
  }
  return total;
}

/** Decide on all open records of a code of a delivery. Throws Problem. */
export function decideOnAll(
  delivery_id: string,
  decision: Decision,
  body: { code: string; because: string },
): Promise<Decided> {
  const options = { params: { path: { delivery_id } }, body };
  return unwrap(
    decision === 'release'
      ? api.POST('/ingest/deliveries/{delivery_id}/quarantine/release', options)
      : api.POST('/ingest/deliveries/{delivery_id}/quarantine/discard', options),
  );
}

/** Take another reading in the place of a record. Throws Problem. */
export function correct({ delivery_id, number }: Quarantined, body: Correction): Promise<Decided> {
  const params = { path: { delivery_id, number } };
  return unwrap(api.POST(`${RECORD}/correction`, { params, body }));
}

/** What waits today, and what is listed, is another one after a decision. */
export async function decidedInQuarantine(queries: QueryClient): Promise<void> {
  await Promise.all(
    ['quarantine', 'today'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  );
}

function together(one: Decided, other: Decided): Decided {
  return {
    decided: one.decided + other.decided,
    accepted: one.accepted + other.accepted,
    superseding: one.superseding + other.superseding,
    duplicate: one.duplicate + other.duplicate,
    outdated: one.outdated + other.outdated,
  };
}
