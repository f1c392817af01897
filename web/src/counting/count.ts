import type { components } from '../api/schema/community';
import type { Method, Outcome, Vote } from './ballots';
import { countConsent } from './consent';
import { countDuels } from './duels';
import { countJudgement } from './judgement';
import { countPlurality } from './plurality';

export type Turnout = components['schemas']['TurnoutOut'];
export type Quorum = components['schemas']['QuorumBody'];

/** What of a poll decides, beside the ballots. */
export interface Rules {
  method: Method;
  options?: readonly { id: string; label: string }[];
  quorum?: Quorum | null;
  adopting_option?: string | null;
}

/** As docs/use/polls.md says, in whole numbers: neither the order of votes nor of options decides. */
export function count({ method, options = [] }: Rules, votes: readonly Vote[]): Outcome {
  const ids = options.map(({ id }) => id);
  switch (method) {
    case 'simple':
    case 'multiple':
      return countPlurality(ids, votes);
    case 'ranked':
      return countDuels(ids, votes);
    case 'consent':
      return countConsent(votes);
    case 'majority_judgement':
      return countJudgement(ids, votes);
  }
}

/** How many members, or how much weight, the quorum asks for; null: there is none. */
export function neededFor(quorum: Rules['quorum'], turnout: Turnout): number | null {
  if (!quorum) return null;
  const [part = 0, whole = 1] = quorum.share.split('/').map(Number);
  const all = quorum.of === 'weight' ? turnout.weight_total : turnout.voters;
  return Math.ceil((part * all) / whole);
}

/** How many members, or how much weight, voted: of what the quorum is a part of. */
export function votedFor(quorum: Rules['quorum'], turnout: Turnout): number {
  return quorum?.of === 'weight' ? turnout.weight_voted : turnout.voted;
}

export function isQuorumReached(quorum: Rules['quorum'], turnout: Turnout): boolean {
  return votedFor(quorum, turnout) >= (neededFor(quorum, turnout) ?? 0);
}

/** A tie adopts nothing, nor does silence of all. */
export function isAdopted(rules: Rules, outcome: Outcome, turnout: Turnout): boolean {
  if (!isQuorumReached(rules.quorum, turnout)) return false;
  if (rules.method === 'consent') {
    const { consent = 0, objection = 0 } = outcome.stances ?? {};
    return objection === 0 && consent > 0;
  }
  const [winner, tied] = outcome.winners;
  if (winner === undefined || tied !== undefined) return false;
  return (rules.adopting_option ?? winner) === winner;
}
