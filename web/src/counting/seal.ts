import type { components } from '../api/schema/community';
import { sum } from '../words/numbers';
import type { Choice, Outcome } from './ballots';
import { count, isAdopted, isQuorumReached, type Rules, type Turnout } from './count';

export type Ballot = components['schemas']['BallotOut'];

interface SealedBallot {
  member_id: string | null;
  receipt_sha256: string | null;
  weight: number;
  choice: Choice;
}

/** What the sealed bytes say: docs/use/polls.md. */
export interface Sealed {
  format: 1;
  poll: Rules & Record<string, unknown>;
  turnout: Turnout;
  quorum_reached: boolean;
  adopted: boolean;
  outcome: Outcome;
  ballots: SealedBallot[];
}

/**
 * The bytes that the result should have been sealed as: counted here, from the ballots that were
 * published. Of the seal it takes what was asked and who might vote, and nothing of the result.
 */
export function sealAgain(
  { format, poll, turnout: sealed }: Sealed,
  ballots: readonly Ballot[],
): string {
  const outcome = count(poll, ballots);
  const turnout: Turnout = {
    ...sealed,
    voted: ballots.length,
    weight_voted: sum(ballots.map(({ weight }) => weight)),
  };
  const contents: Sealed = {
    format,
    poll,
    turnout,
    quorum_reached: isQuorumReached(poll.quorum, turnout),
    adopted: isAdopted(poll, outcome, turnout),
    outcome,
    ballots: ballots
      .map(ballotContent)
      .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1)),
  };
  return canonical(contents);
}

function ballotContent({ member_id, receipt_sha256, weight, choice }: Ballot): SealedBallot {
  return { member_id, receipt_sha256, weight, choice: said(choice) };
}

function orderOf({ member_id, receipt_sha256 }: SealedBallot): string {
  return `${member_id ?? ''} ${receipt_sha256 ?? ''}`;
}

/** Only what the ballot says, with options of one rank in order. */
function said({ options, ranks, grades, stance, reason }: Ballot['choice']): Choice {
  return {
    ...(options.length > 0 && { options: [...options].sort() }),
    ...(ranks.length > 0 && { ranks: ranks.map((rank) => [...rank].sort()) }),
    ...(Object.keys(grades).length > 0 && { grades }),
    ...(stance && { stance }),
    ...(reason && { reason }),
  };
}

/** JSON with its keys in order and no blanks: what says the same is the same bytes. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${parts.join(',')}}`;
}

/** In hex, as `sha256sum` writes it. Throws where the page has no https, for want of the means. */
export async function sha256(text: string | ArrayBuffer): Promise<string> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
