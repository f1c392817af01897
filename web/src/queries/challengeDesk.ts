import type { QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { type Challenge, challengeQuery } from './challenges';

export type ChallengeIn = components['schemas']['ChallengeIn'];

const CHALLENGE = '/community/operations/{operation_id}/challenges/{challenge_id}';

/** Throws Problem, as all of these do. */
export function draftChallenge(operation_id: string, challenge_id: string, body: ChallengeIn) {
  return unwrap(api.PUT(CHALLENGE, { params: { path: { operation_id, challenge_id } }, body }));
}

export function announceChallenge(challenge: Challenge): Promise<Challenge> {
  return unwrap(api.POST(`${CHALLENGE}/announcement`, pathOf(challenge)));
}

export function cancelChallenge(challenge: Challenge, reason: string): Promise<Challenge> {
  return unwrap(api.POST(`${CHALLENGE}/cancellation`, { ...pathOf(challenge), body: { reason } }));
}

/** As it is now; the lists that it is in are asked for again. */
export function challengeChanged(queries: QueryClient, challenge: Challenge): Promise<void> {
  const { operation_id, id } = challenge;
  queries.setQueryData(challengeQuery(operation_id, id).queryKey, challenge);
  return queries.invalidateQueries({ queryKey: ['challenges'] });
}

function pathOf({ operation_id, id }: Challenge) {
  return { params: { path: { operation_id, challenge_id: id } } };
}
