import { add, byCodePoints, type Outcome, type Vote, zeros } from './ballots';

/** What nobody objects to is adopted; there are no options, so there is no winner. */
export function countConsent(votes: readonly Vote[]): Outcome {
  const stances = zeros(['consent', 'objection'] as const);
  for (const { choice, weight } of votes) if (choice.stance) add(stances, choice.stance, weight);
  const reasons = votes.flatMap(({ choice }) => choice.reason ?? []);
  return {
    winners: [],
    stances: Object.fromEntries(stances),
    objections: reasons.sort(byCodePoints),
  };
}
