import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { dayAt } from '../words/dates';
import type { Operation } from './operations';

export type Challenge = components['schemas']['ChallengeOut'];
export type Standing = components['schemas']['StandingOut'];
export type OwnResult = components['schemas']['OwnResultOut'];

const CHALLENGE = '/community/operations/{operation_id}/challenges/{challenge_id}';

/** Those of several operations; the latest first in each. */
export function challengesQuery(operations: readonly Pick<Operation, 'id'>[]) {
  const ids = operations.map(({ id }) => id);
  return queryOptions({
    queryKey: ['challenges', ids],
    queryFn: async () => {
      const lists = ids.map((operation_id) =>
        unwrap(
          api.GET('/community/operations/{operation_id}/challenges', {
            params: { path: { operation_id } },
          }),
        ),
      );
      return (await Promise.all(lists)).flat();
    },
    staleTime: 60_000,
  });
}

export function challengeQuery(operation: string, challenge: string) {
  return queryOptions({
    queryKey: ['challenge', operation, challenge],
    queryFn: () => unwrap(api.GET(CHALLENGE, pathOf(operation, challenge))),
    staleTime: 60_000,
  });
}

export function standingQuery(operation: string, challenge: string) {
  return queryOptions({
    queryKey: ['challenge', operation, challenge, 'standing'],
    queryFn: () => unwrap(api.GET(`${CHALLENGE}/standing`, pathOf(operation, challenge))),
    staleTime: 60_000,
  });
}

export function enter(challenge: Challenge, prm: string, shownAs: string) {
  const { params } = pathOf(challenge.operation_id, challenge.id);
  return unwrap(
    api.PUT(`${CHALLENGE}/entries/{prm}`, {
      params: { path: { ...params.path, prm } },
      body: { shown_as: shownAs || null },
    }),
  );
}

export function leave(challenge: Challenge, prm: string) {
  const { params } = pathOf(challenge.operation_id, challenge.id);
  return unwrap(
    api.DELETE(`${CHALLENGE}/entries/{prm}`, { params: { path: { ...params.path, prm } } }),
  );
}

/** Its last day has passed: nobody can take part any more. */
export function isOver({ last_day }: Challenge, now = new Date()): boolean {
  return dayAt(now) > last_day;
}

function pathOf(operation_id: string, challenge_id: string) {
  return { params: { path: { operation_id, challenge_id } } };
}
