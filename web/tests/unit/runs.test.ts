import { expect, test } from 'vitest';
import { longestLocalRun } from '../../src/pictures/runs';
import type { ConsumerStep } from '../../src/queries/explanations';

const stepsOf = (...energies: [number, number][]) =>
  energies.map(
    ([consumption_wmin, share_wmin]) => ({ consumption_wmin, share_wmin }) as ConsumerStep,
  );

test('the longest run of steps that were all local', () => {
  const steps = stepsOf([5, 5], [5, 4], [5, 5], [6, 6], [5, 0], [0, 0], [7, 7]);

  expect(longestLocalRun(steps)).toEqual([2, 4]);
});

test('no step was all local', () => {
  expect(longestLocalRun(stepsOf([5, 4], [0, 0]))).toBeNull();
});
