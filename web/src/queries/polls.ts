import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { canonical, type Sealed, sealAgain, sha256 } from '../counting/seal';
import type { Operation } from './operations';

export type Poll = components['schemas']['PollOut'];
export type OwnVote = components['schemas']['OwnVoteOut'];
export type ChoiceIn = components['schemas']['ChoiceIn'];
export type Cast = components['schemas']['CastOut'];
export type Ballot = components['schemas']['BallotOut'];
export type Result = components['schemas']['ResultOut'];

const POLL = '/community/operations/{operation_id}/polls/{poll_id}';
const MOST_BALLOTS = 10_000;
const COUNTED_WITHIN_MS = 3_000;

/** Those of several operations; the latest first in each. */
export function pollsQuery(operations: readonly Pick<Operation, 'id'>[]) {
  const ids = operations.map(({ id }) => id);
  return queryOptions({
    queryKey: ['polls', ids],
    queryFn: async () => {
      const lists = ids.map((operation_id) =>
        unwrap(
          api.GET('/community/operations/{operation_id}/polls', {
            params: { path: { operation_id } },
          }),
        ),
      );
      return (await Promise.all(lists)).flat();
    },
    staleTime: 60_000,
  });
}

/** Asked for again while it is counted, which takes some seconds. */
export function pollQuery(operation: string, poll: string) {
  return queryOptions({
    queryKey: ['poll', operation, poll],
    queryFn: () => unwrap(api.GET(POLL, pathOf(operation, poll))),
    staleTime: 10_000,
    refetchInterval: ({ state }) => (state.data?.state === 'counting' ? COUNTED_WITHIN_MS : false),
  });
}

/** After a ballot or a proxy: the poll, and the lists that it is in, are asked for again. */
export async function pollChanged(queries: QueryClient, poll: Poll): Promise<void> {
  await Promise.all([
    queries.invalidateQueries(pollQuery(poll.operation_id, poll.id)),
    queries.invalidateQueries({ queryKey: ['polls'] }),
  ]);
}

export function resultQuery(operation: string, poll: string) {
  return queryOptions({
    queryKey: ['poll', operation, poll, 'result'],
    queryFn: () => unwrap(api.GET(`${POLL}/result`, pathOf(operation, poll))),
    // Sealed: it does not change.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function ballotsQuery(operation: string, poll: string) {
  return queryOptions({
    queryKey: ['poll', operation, poll, 'ballots'],
    queryFn: () => listBallots(operation, poll),
    staleTime: 10_000,
  });
}

export async function listBallots(operation: string, poll: string): Promise<Ballot[]> {
  const { params } = pathOf(operation, poll);
  const ballots: Ballot[] = [];
  for (;;) {
    const last = ballots.at(-1);
    const after = last?.member_id ?? last?.receipt_sha256;
    const query = { limit: MOST_BALLOTS, ...(after ? { after } : {}) };
    const page = await unwrap(api.GET(`${POLL}/ballots`, { params: { ...params, query } }));
    ballots.push(...page);
    if (page.length < MOST_BALLOTS) return ballots;
  }
}

export interface Recount {
  ballots: number;
  /** Of the bytes made here, from the ballots that are published. */
  sha256: string;
  /** Those bytes are the ones that were sealed. */
  isSame: boolean;
  /** The result that is shown is that of the sealed bytes. */
  isShown: boolean;
}

/** Count the ballots in this browser, and compare with what was sealed. */
export async function countHere(poll: Poll, result: Result): Promise<Recount> {
  const path = pathOf(poll.operation_id, poll.id);
  const [bytes, ballots] = await Promise.all([
    unwrap(api.GET(`${POLL}/seal`, { ...path, parseAs: 'arrayBuffer' })) as Promise<ArrayBuffer>,
    listBallots(poll.operation_id, poll.id),
  ]);
  const sealed = JSON.parse(new TextDecoder().decode(bytes)) as Sealed;
  const counted = await sha256(sealAgain(sealed, ballots));
  return {
    ballots: ballots.length,
    sha256: counted,
    isSame: counted === (await sha256(bytes)) && counted === result.sha256,
    isShown: canonical(shownOf(sealed)) === canonical(shownOf(result)),
  };
}

function shownOf({ turnout, quorum_reached, adopted, outcome }: Sealed | Result) {
  const said = Object.entries(outcome).filter(([, part]) => part !== null);
  return { turnout, quorum_reached, adopted, outcome: Object.fromEntries(said) };
}

/** The one's own ballot, or that of a member who gave one a proxy. */
export function castBallot(poll: Poll, memberId: string, body: ChoiceIn) {
  const { params } = pathOf(poll.operation_id, poll.id);
  return unwrap(
    api.PUT(`${POLL}/ballots/{member_id}`, {
      params: { path: { ...params.path, member_id: memberId } },
      body,
    }),
  );
}

/** Whose code it is, to be sure before one gives them a proxy. */
export function findHolder(poll: Poll, code: string) {
  const { params } = pathOf(poll.operation_id, poll.id);
  return unwrap(
    api.GET(`${POLL}/possible-holders`, { params: { ...params, query: { code: code.trim() } } }),
  );
}

export function giveProxy(poll: Poll, holderId: string) {
  const path = pathOf(poll.operation_id, poll.id);
  return unwrap(api.PUT(`${POLL}/proxy`, { ...path, body: { holder_id: holderId } }));
}

export function revokeProxy(poll: Poll) {
  return unwrap(api.DELETE(`${POLL}/proxy`, pathOf(poll.operation_id, poll.id)));
}

export function declineProxy(poll: Poll, giverId: string) {
  const { params } = pathOf(poll.operation_id, poll.id);
  return unwrap(
    api.DELETE(`${POLL}/proxies/{giver_id}`, {
      params: { path: { ...params.path, giver_id: giverId } },
    }),
  );
}

function pathOf(operation_id: string, poll_id: string) {
  return { params: { path: { operation_id, poll_id } } };
}
