import { add, type Outcome, type Vote, zeros } from './ballots';

/** Most votes: of the one option of each ballot, or of all that it names. */
export function countPlurality(options: readonly string[], votes: readonly Vote[]): Outcome {
  const weights = zeros(options);
  for (const { choice, weight } of votes) {
    for (const option of choice.options ?? []) add(weights, option, weight);
  }
  const most = Math.max(0, ...weights.values());
  return {
    winners: options.filter((option) => most > 0 && weights.get(option) === most),
    votes: Object.fromEntries(weights),
  };
}
