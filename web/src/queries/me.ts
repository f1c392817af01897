import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem } from '../api/problem';
import type { components } from '../api/schema/community';
import { accessToken } from '../session';

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

/** The so manieth point that consumes; the first one for a number that there is none of. */
export function pointOf(me: Me, number: number): OwnParticipation | undefined {
  const points = consumingPoints(me);
  return points[number - 1] ?? points[0];
}

/** A point that consumes in an operation, once, however often it came and went. */
export function consumingPoints(me: Me): OwnParticipation[] {
  const points = new Map<string, OwnParticipation>();
  for (const one of me.profile?.participations ?? []) {
    if (one.direction === 'consumption') points.set(`${one.operation_id} ${one.prm}`, one);
  }
  return [...points.values()];
}
