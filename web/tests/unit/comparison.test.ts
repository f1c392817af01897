import { expect, test } from 'vitest';
import type { BothBills } from '../../src/queries/bills';
import type { ListedMonth } from '../../src/queries/months';
import {
  effectsBetween,
  hasSameLocalPrice,
  largest,
  lastToCompare,
  mainCause,
  monthsToCompare,
  type Parts,
  partsOf,
} from '../../src/words/comparison';
import { sum } from '../../src/words/numbers';

const KWH = 60_000;

/** 100 kWh local at 15 c and 2 c of networks, 200 kWh supplied at 25 c, 18 € of subscription. */
const SEPTEMBER: Parts = {
  localWmin: 100 * KWH,
  suppliedWmin: 200 * KWH,
  localCents: 1500,
  networksCents: 200,
  suppliedCents: 5000,
  fixedCents: 1800,
};

function october(told: Partial<Parts>): Parts {
  return { ...SEPTEMBER, ...told };
}

const cost = (parts: Parts) =>
  parts.localCents + parts.networksCents + parts.suppliedCents + parts.fixedCents;

function effects(after: Parts, before: Parts = SEPTEMBER): Record<string, number> {
  const all = effectsBetween(before, after);
  expect(sum(all.map(({ cents }) => cents))).toBe(cost(after) - cost(before));
  expect(all.every(({ cents }) => Number.isInteger(cents))).toBe(true);
  return Object.fromEntries(
    all.filter(({ cents }) => cents).map(({ cause, cents }) => [cause, cents]),
  );
}

test('half as much again of everything is consumption', () => {
  const after = october({
    localWmin: 150 * KWH,
    suppliedWmin: 300 * KWH,
    localCents: 2250,
    networksCents: 300,
    suppliedCents: 7500,
  });
  expect(effects(after)).toEqual({ consumption: 3350 });
});

test('what was local and now comes from the supplier is the local part', () => {
  const after = october({
    localWmin: 50 * KWH,
    suppliedWmin: 250 * KWH,
    localCents: 750,
    networksCents: 100,
    suppliedCents: 6250,
  });
  // 50 kWh at 25 c instead of 17 c.
  expect(effects(after)).toEqual({ localPart: 400 });
});

test('prices and what is fixed are told apart', () => {
  const after = october({
    localCents: 1600,
    suppliedCents: 5200,
    networksCents: 230,
    fixedCents: 1850,
  });
  expect(effects(after)).toEqual({ localPrice: 100, supplierPrice: 230, fixed: 50 });
  expect(hasSameLocalPrice(SEPTEMBER, after)).toBe(false);
  expect(hasSameLocalPrice(SEPTEMBER, october({ fixedCents: 0 }))).toBe(true);
  expect(hasSameLocalPrice(SEPTEMBER, october({ localCents: 1490 }))).toBe(true);
});

test.each([
  [
    'all at once, in odd numbers',
    october({
      localWmin: 133 * KWH + 7,
      suppliedWmin: 291 * KWH + 1,
      localCents: 2017,
      networksCents: 271,
      suppliedCents: 7393,
      fixedCents: 1777,
    }),
    SEPTEMBER,
  ],
  [
    'nothing was local before',
    SEPTEMBER,
    october({ localWmin: 0, localCents: 0, networksCents: 0 }),
  ],
  ['nothing is local now', october({ localWmin: 0, localCents: 0, networksCents: 0 }), SEPTEMBER],
  [
    'nothing was used before',
    SEPTEMBER,
    october({ localWmin: 0, suppliedWmin: 0, localCents: 0, networksCents: 0, suppliedCents: 0 }),
  ],
  [
    'nothing is used now',
    october({ localWmin: 0, suppliedWmin: 0, localCents: 0, networksCents: 0, suppliedCents: 0 }),
    SEPTEMBER,
  ],
  ['all was local before', SEPTEMBER, october({ suppliedWmin: 0, suppliedCents: 0 })],
])('the causes sum to the difference: %s', (_, after, before) => {
  effects(after, before);
});

test('a price that one of the months has not is no cause', () => {
  const none = october({ localWmin: 0, localCents: 0, networksCents: 0 });
  expect(effects(SEPTEMBER, none)).not.toHaveProperty('localPrice');
  expect(effects(none)).not.toHaveProperty('localPrice');
  expect(hasSameLocalPrice(none, SEPTEMBER)).toBe(false);
});

test('the largest come first, from 50 cents on, and the others are the rest', () => {
  const told = [
    { cause: 'consumption', cents: 60 },
    { cause: 'localPart', cents: -900 },
    { cause: 'localPrice', cents: 49 },
    { cause: 'supplierPrice', cents: -50 },
    { cause: 'fixed', cents: -1 },
  ] as const;
  const { lines, restCents } = largest(told);
  expect(lines.map(({ cents }) => cents)).toEqual([-900, 60, -50]);
  expect(restCents).toBe(48);
});

test('the main cause goes the way of the difference', () => {
  const more = [
    { cause: 'consumption', cents: -800 },
    { cause: 'localPart', cents: 500 },
    { cause: 'fixed', cents: 600 },
  ] as const;
  expect(mainCause(more)).toBe('fixed');
  expect(mainCause([{ cause: 'fixed', cents: 20 }])).toBeUndefined();
  expect(
    mainCause([
      { cause: 'consumption', cents: 80 },
      { cause: 'fixed', cents: -80 },
    ]),
  ).toBeUndefined();
});

test('bills are taken apart to the cent, with VAT and fees', () => {
  const line = (kind: string, amount_cents: number, vat_rate: string) => ({
    kind,
    amount_cents,
    vat_rate,
  });
  const bills = {
    consumption_wmin: 300 * KWH,
    local_wmin: 100 * KWH,
    local: { fees_cents: 250, totals: { excl_vat_cents: 1500, incl_vat_cents: 1800 } },
    supplier: {
      lines: [
        line('subscription', 1200, '0.2'),
        line('energy', 4000, '0.2'),
        line('turpe_local', 150, '0.2'),
        line('cta', 201, '0.2'),
        line('accise', 500, '0.2'),
      ],
      totals: { incl_vat_cents: 7261 },
    },
  } as unknown as BothBills;
  const parts = partsOf(bills);
  expect(parts).toMatchObject({ localCents: 1500, networksCents: 180, fixedCents: 1681 + 300 });
  expect(cost(parts)).toBe(1800 + 7261);
});

test('settled months are compared with the last settled one before', () => {
  const months = [
    { month: '2026-08', settlement: { status: 'definitive' } },
    { month: '2026-09', settlement: null },
    { month: '2026-10', settlement: { status: 'provisional' } },
    { month: '2026-11', settlement: null },
  ] as unknown as ListedMonth[];
  expect(monthsToCompare(months, '2026-10')?.before.month).toBe('2026-08');
  expect(monthsToCompare(months, '2026-08')).toBeUndefined();
  expect(monthsToCompare(months, '2026-11')).toBeUndefined();
  expect(lastToCompare(months, '2026-11')?.after.month).toBe('2026-10');
  expect(lastToCompare(months, '2026-10')).toBeUndefined();
});
