import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';
import type { Poll } from './polls';

export type PollIn = components['schemas']['PollIn'];
export type Voter = components['schemas']['VoterOut'];
export type Weights = NonNullable<components['schemas']['OpeningIn']['weights']>;

const MOST = 1000;
const POLL = '/community/operations/{operation_id}/polls/{poll_id}';

/** Who may vote and who has; the organiser sees all. */
export function rollQuery(operation_id: string, poll_id: string) {
  return queryOptions({
    queryKey: ['poll', operation_id, poll_id, 'roll'],
    queryFn: () =>
      allPages(
        MOST,
        (query) =>
          unwrap(api.GET(`${POLL}/roll`, { params: { path: { operation_id, poll_id }, query } })),
        ({ member_id }) => member_id,
      ),
    staleTime: 10_000,
  });
}

/** Throws Problem, as all of these do. */
export function draftPoll(operation_id: string, poll_id: string, body: PollIn): Promise<Poll> {
  return unwrap(api.PUT(POLL, { params: { path: { operation_id, poll_id } }, body }));
}

/** weights: of each member who takes part, where the poll has them given. */
export function openPoll(poll: Poll, weights: Weights): Promise<Poll> {
  return unwrap(api.POST(`${POLL}/opening`, { ...pathOf(poll), body: { weights } }));
}

export function cancelPoll(poll: Poll, reason: string): Promise<Poll> {
  return unwrap(api.POST(`${POLL}/cancellation`, { ...pathOf(poll), body: { reason } }));
}

function pathOf({ operation_id, id }: Poll) {
  return { params: { path: { operation_id, poll_id: id } } };
}
