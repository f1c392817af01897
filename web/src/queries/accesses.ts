import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/ingest';
import type { OwnParticipation } from './me';

const LINES_AT_ONCE = 200;

/** A look of somebody at what is kept of a member. */
export type Access = Pick<
  components['schemas']['CurveAccessOut'],
  'number' | 'read_at' | 'role' | 'route' | 'is_you'
> & { from_day?: string; to_day?: string };

/** One of the lists that are merged: a service's, of a point or an operation where it has several. */
interface Source {
  key: string;
  list: (before: number | undefined) => Promise<Access[]>;
}

/** A page of each list; `oldest`: of those that go on, where the next page begins. */
export interface AccessPage {
  accesses: Access[];
  oldest: Record<string, { number: number; readAt: string }>;
}

/** Who looked at what is kept of a member, in all four services, the newest first. */
export function accessesQuery(memberId: string, participations: OwnParticipation[]) {
  const sources = sourcesOf(memberId, participations);
  return infiniteQueryOptions({
    queryKey: ['accesses', memberId],
    initialPageParam: {} as AccessPage['oldest'],
    queryFn: async ({ pageParam }): Promise<AccessPage> => {
      const isFirst = Object.keys(pageParam).length === 0;
      const asked = sources.filter(({ key }) => isFirst || key in pageParam);
      const lists = await Promise.all(
        asked.map(async ({ key, list }) => ({ key, accesses: await list(pageParam[key]?.number) })),
      );
      return {
        accesses: lists.flatMap(({ accesses }) => accesses),
        oldest: Object.fromEntries(
          lists.flatMap(({ key, accesses }) => {
            const last = accesses.at(-1);
            const goesOn = last && accesses.length === LINES_AT_ONCE;
            return goesOn ? [[key, { number: last.number, readAt: last.read_at }]] : [];
          }),
        ),
      };
    },
    getNextPageParam: ({ oldest }) => (Object.keys(oldest).length > 0 ? oldest : undefined),
  });
}

function sourcesOf(memberId: string, participations: OwnParticipation[]): Source[] {
  const path = { member_id: memberId };
  const page = (before: number | undefined) => ({
    limit: LINES_AT_ONCE,
    ...(before === undefined ? {} : { before }),
  });
  const prms = [...new Set(participations.map(({ prm }) => prm))];
  const operations = [...new Set(participations.map(({ operation_id }) => operation_id))];
  return [
    {
      key: 'community',
      list: (before) =>
        unwrap(
          api.GET('/community/members/{member_id}/accesses', {
            params: { path, query: page(before) },
          }),
        ),
    },
    {
      key: 'billing',
      list: (before) =>
        unwrap(
          api.GET('/billing/members/{member_id}/accesses', {
            params: { path, query: page(before) },
          }),
        ),
    },
    ...prms.map((prm) => ({
      key: prm,
      list: (before: number | undefined) =>
        unwrap(
          api.GET('/ingest/points/{prm}/accesses', {
            params: { path: { prm }, query: page(before) },
          }),
        ),
    })),
    ...operations.map((operation_id) => ({
      key: operation_id,
      list: (before: number | undefined) =>
        unwrap(
          api.GET('/allocation/operations/{operation_id}/accesses', {
            params: { path: { operation_id }, query: page(before) },
          }),
        ),
    })),
  ];
}
