import { expect, test } from 'vitest';
import { dependsOnMeter } from '../../src/words/plantPrices';

test('a plant whose prices have no hours depends on the meter; one without a price does not', () => {
  const known = Array(48).fill('0.15');
  const unknown = Array(48).fill(null);

  expect(dependsOnMeter({ prices: [{}, {}], half_hours: unknown })).toBe(true);
  expect(dependsOnMeter({ prices: [{}], half_hours: known })).toBe(false);
  expect(dependsOnMeter({ prices: [], half_hours: unknown })).toBe(false);
});
