import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem } from '../api/problem';
import type { components } from '../api/schema/community';
import { accessToken, type LogIn, logIn } from '../session';

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

/** Log in, and know who that is. Throws Problem. */
export async function enter(queries: QueryClient, body: LogIn): Promise<void> {
  await logIn(body);
  await queries.fetchQuery({ ...meQuery, staleTime: 0 });
}

/** The so manieth point that consumes; the first one for a number that there is none of. */
export function pointOf(me: Me, number: number): OwnParticipation | undefined {
  const points = consumingPoints(me);
  return points[number - 1] ?? points[0];
}

/** A point that consumes in an operation, once, however often it came and went. */
export function consumingPoints(me: Me): OwnParticipation[] {
  const points = new Map<string, OwnParticipation>();
  for (const stay of me.profile?.participations ?? []) {
    if (stay.direction === 'consumption') points.set(`${stay.operation_id} ${stay.prm}`, stay);
  }
  return [...points.values()];
}
