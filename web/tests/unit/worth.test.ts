import { expect, test } from 'vitest';
import type { LocalWorth } from '../../src/queries/bills';
import { savingOf, savingSentence, worthSentence } from '../../src/words/worth';

const KWH = 60_000;

const hours = (saving_cents: number) => ({
  hour_class: null,
  supplier_cents: 19_398,
  networks_cents: 5808,
  local_cents: 13_590 - saving_cents,
  saving_cents,
});

/** Cents of a MWh: 1,590 are 1.59 cents of a kWh. */
function worth(least: number, most = least): LocalWorth {
  return {
    prm: '99000000000001',
    operation_id: 'ACC00000001',
    day: '2026-05-15',
    least: hours(least),
    most: hours(most),
    reference_offer: null,
    is_accise_known: true,
  };
}

test('a difference is worth the saving of each of its kWh', () => {
  expect(savingOf(800 * KWH, worth(1590))).toEqual({ leastCents: 1272, mostCents: 1272 });
  expect(savingOf(-800 * KWH, worth(1590))).toEqual({ leastCents: -1272, mostCents: -1272 });
  expect(savingOf(0, worth(1590, 4000))).toMatchObject({ mostCents: 0 });
});

test('prices by hour make a range, whatever the sign of the difference', () => {
  const prices = worth(-500, 4000);

  expect(savingOf(1000 * KWH, prices)).toEqual({ leastCents: -500, mostCents: 4000 });
  expect(savingOf(-1000 * KWH, prices)).toEqual({ leastCents: -4000, mostCents: 500 });
});

test('it is told in whole euros, as more or less to pay', () => {
  const told = (leastCents: number, mostCents: number) =>
    savingSentence({ leastCents, mostCents }, 'fr').replaceAll('\u00a0', ' ');

  expect(told(1272, 1272)).toBe('≈ 13 € de moins à payer');
  expect(told(800, 1512)).toBe('≈ 8 € à 15 € de moins à payer');
  expect(told(-1512, -800)).toBe('≈ 8 € à 15 € de plus à payer');
  expect(told(-1272, -1272)).toBe('≈ 13 € de plus à payer');
  expect(told(-500, 4000)).toBe('entre ≈ 5 € de plus et ≈ 40 € de moins à payer');
  expect(told(-20, 4000)).toBe('≈ 0 € à 40 € de moins à payer');
  expect(told(-4000, 20)).toBe('≈ 0 € à 40 € de plus à payer');
  expect(told(-20, 30)).toBe('presque rien de changé sur vos factures');
});

test('a kWh is told with all that it is made of', () => {
  const sentence = worthSentence(worth(1590).least, 'en');

  expect(sentence).toContain('€0.194 from the supplier, less €0.0581 for the grid');
  expect(sentence).toContain('less €0.120 to the plant = €0.0159');
});
