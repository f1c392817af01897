import type { ConsumerStep } from '../queries/explanations';

/** Places of the longest run of steps of which all was local, its end excluded; null: there is none. */
export function longestLocalRun(steps: readonly ConsumerStep[]): [number, number] | null {
  let longest: [number, number] | null = null;
  let start = 0;
  steps.forEach((step, place) => {
    if (step.share_wmin === 0 || step.share_wmin < step.consumption_wmin) {
      start = place + 1;
    } else if (longest === null || place + 1 - start > longest[1] - longest[0]) {
      longest = [start, place + 1];
    }
  });
  return longest;
}
