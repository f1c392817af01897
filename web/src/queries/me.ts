import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem } from '../api/problem';
import type { components } from '../api/schema/community';
import { accessToken, type LogIn, logIn } from '../session';
import { groupsBy } from '../words/groups';

export type Me = components['schemas']['MeOut'];
export type OwnParticipation = components['schemas']['OwnParticipationOut'];

/** Who is logged in; null: nobody. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => {
    if ((await accessToken()) === null) return null;
    try {
      return await unwrap(api.GET('/community/me'));
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) return null;
      throw problem;
    }
  },
  staleTime: 5 * 60_000,
});

/** Nobody is logged in any more, and nothing that somebody was shown is shown to the next one. */
export function forgetPerson(queries: QueryClient): void {
  // Not cleared: who looks at `me` has to hear that it is nobody now.
  queries.setQueryData(meQuery.queryKey, null);
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] });
}

/** Log in, and know who that is. Throws Problem. */
export async function enter(queries: QueryClient, body: LogIn): Promise<void> {
  await logIn(body);
  // What is under way was asked for as whoever it was before.
  await queries.cancelQueries();
  forgetPerson(queries);
  await queries.fetchQuery({ ...meQuery, staleTime: 0 });
}

/** The so manieth point that consumes; the first one for a number that there is none of. */
export function pointOf(me: Me, number: number): OwnParticipation | undefined {
  const points = consumingPoints(me);
  return points[number - 1] ?? points[0];
}

/** The same of plants. */
export function plantOf(me: Me, number: number): OwnParticipation | undefined {
  const plants = producingPoints(me);
  return plants[number - 1] ?? plants[0];
}

/**
 * The number by which an address names a point that consumes, in the first operation that it was
 * in; undefined: it is none of one's own.
 */
export function numberOfPoint(me: Me, prm: string | undefined): number | undefined {
  const place = consumingPoints(me).findIndex((point) => point.prm === prm);
  return place < 0 ? undefined : place + 1;
}

/** Whether one runs operations: some of them, or as staff all. */
export function runsOperations(me: Me): boolean {
  return me.organised.length > 0 || isStaff(me);
}

/** Whether one runs this operation. */
export function runs(me: Me, operationId: string): boolean {
  return me.organised.some(({ id }) => id === operationId) || isStaff(me);
}

export function isStaff(me: Me): boolean {
  return me.roles.includes('operator');
}

/** Whether a stay is of a day, `2026-11-29`. */
export function takesPart(
  { valid_from, valid_to }: Pick<OwnParticipation, 'valid_from' | 'valid_to'>,
  day: string,
): boolean {
  return valid_from <= day && (valid_to === null || day < valid_to);
}

/** A point that consumes in an operation, once, however often it came and went. */
export function consumingPoints(me: Me): OwnParticipation[] {
  return pointsOf(me, 'consumption');
}

/** A plant in an operation, once, however often it came and went. */
export function producingPoints(me: Me): OwnParticipation[] {
  return pointsOf(me, 'production');
}

function pointsOf(me: Me, side: OwnParticipation['direction']): OwnParticipation[] {
  const points = new Map<string, OwnParticipation>();
  for (const stay of me.profile?.participations ?? []) {
    if (stay.direction === side) points.set(`${stay.operation_id} ${stay.prm}`, stay);
  }
  return [...points.values()];
}

/** A member, as they see themselves. */
export type Profile = components['schemas']['ProfileOut'];

/** Stays in an operation, by operation in the order in which they come. */
export function byOperation(participations: OwnParticipation[]): OwnParticipation[][] {
  return [...groupsBy(participations, ({ operation_id }) => operation_id).values()];
}

/** Points that take part on a day or will, each once for each operation: whatever side it is on. */
export function standingPoints(participations: OwnParticipation[], day: string) {
  const standing = participations.filter(({ valid_to }) => valid_to === null || valid_to > day);
  const points = groupsBy(standing, ({ operation_id, prm }) => `${operation_id} ${prm}`);
  return [...points.values()].flatMap(([stay]) => stay ?? []);
}
