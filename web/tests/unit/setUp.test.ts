import { expect, test, vi } from 'vitest';
import type { SetUp } from '../../src/queries/setUp';
import {
  firstMonthOf,
  isSetUpStep,
  missingFor,
  SET_UP_STEPS,
  type SetUpFacts,
  setUpStates,
  stepToDo,
} from '../../src/words/setUpSteps';

// Modules of the page ask for a browser as they are loaded.
vi.hoisted(() => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
});

const NOTHING: SetUpFacts = {
  organisers: 0,
  hasLegalBasis: false,
  plants: 0,
  consumers: 0,
  hasKeyInForce: false,
  hasPrices: false,
  unreadySellers: 0,
  hasTaxes: false,
  hasReadings: false,
  hasInvoices: false,
};
const ALL: SetUpFacts = {
  organisers: 1,
  hasLegalBasis: true,
  plants: 1,
  consumers: 2,
  hasKeyInForce: true,
  hasPrices: true,
  unreadySellers: 0,
  hasTaxes: true,
  hasReadings: true,
  hasInvoices: true,
};

test('an operation with nothing begins at the first step, and some steps wait for others', () => {
  const states = setUpStates(NOTHING);

  expect(stepToDo(states)).toBe('organisers');
  expect(SET_UP_STEPS.filter((step) => states[step] === 'blocked')).toEqual([
    'sellers',
    'readings',
    'first-month',
  ]);
  expect(missingFor('sellers', states)).toEqual(['participants']);
  expect(missingFor('key', states)).toEqual([]);
});

test('the path goes on from what is there, in whichever order it was done', () => {
  const states = setUpStates({ ...NOTHING, organisers: 1, hasPrices: true, hasTaxes: true });

  expect(stepToDo(states)).toBe('legal-basis');
  expect([states.prices, states.taxes, states.key]).toEqual(['done', 'done', 'open']);
});

test('it takes both sides, and each seller has to be able to invoice', () => {
  expect(setUpStates({ ...ALL, consumers: 0 }).participants).toBe('open');
  expect(setUpStates({ ...ALL, plants: 0 }).participants).toBe('open');
  const states = setUpStates({ ...ALL, unreadySellers: 1, hasInvoices: false });
  expect(states.sellers).toBe('open');
  expect(states['first-month']).toBe('blocked');
  expect(missingFor('first-month', states)).toEqual(['sellers']);
});

test('a first month can be invoiced without a legal basis, and then nothing is left but that', () => {
  const states = setUpStates({ ...ALL, hasLegalBasis: false, hasInvoices: false });
  expect(states['first-month']).toBe('open');
  expect(stepToDo(setUpStates(ALL))).toBeUndefined();
});

test('what the APIs hold becomes facts: who has left takes no part, and staff run nothing', async () => {
  const { factsOf } = await import('../../src/queries/setUp');
  const point = (direction: string, member_id: string, valid_to: string | null = null) => ({
    direction,
    member_id,
    valid_to,
  });
  const setUp = {
    organisers: [{ is_staff: true }],
    basis: null,
    points: [
      point('production', 'roof'),
      point('production', 'mill'),
      point('consumption', 'school'),
      point('consumption', 'gone', '2026-10-01'),
    ],
    keys: [{ state: 'declared' }],
    prices: { entries: [] },
    sellers: [
      { member_id: 'roof', missing: [] },
      // There is a profile, and billing still waits for a number.
      { member_id: 'mill', has_profile: true, missing: ['siren'] },
    ],
    operation: { valid_from: '2026-09-01' },
    accise: { entries: [], default: [] },
    months: [{ data: { received: 0 }, bills: { issued: 0 } }],
  } as unknown as SetUp;

  expect(factsOf(setUp, '2026-10-01')).toEqual({
    ...NOTHING,
    plants: 2,
    consumers: 1,
    unreadySellers: 1,
  });
});

test('the accise that is in force counts, and that of the first day before there is one', async () => {
  const { acciseOf } = await import('../../src/queries/setUp');
  const setUp = {
    operation: { valid_from: '2026-10-01' },
    accise: {
      entries: [
        { regime: 'exempt', valid_from: '2026-10-01' },
        { regime: 'standard', valid_from: '2027-01-01' },
        { regime: 'undecided', valid_from: '2026-09-01' },
      ],
      default: [{ regime: 'exempt', valid_from: '2026-10-01' }],
    },
  } as unknown as SetUp;

  expect(acciseOf(setUp, '2026-09-10')?.regime).toBe('exempt');
  expect(acciseOf(setUp, '2026-11-30')?.regime).toBe('exempt');
  expect(acciseOf(setUp, '2027-01-01')?.regime).toBe('standard');
  const accise = { ...setUp.accise, entries: [] };
  expect(acciseOf({ ...setUp, accise }, '2027-01-01')).toBeUndefined();
});

test('the first month is the one in which both sides take part', () => {
  const points = [
    { direction: 'production', valid_from: '2026-10-01' },
    { direction: 'consumption', valid_from: '2026-12-15' },
    { direction: 'consumption', valid_from: '2026-11-10' },
  ] as const;

  expect(firstMonthOf('2026-09-01', points)).toBe('2026-11');
  expect(firstMonthOf('2026-09-01', [])).toBe('2026-09');
});

test('an address names a step, or there is no such page', () => {
  expect(isSetUpStep('prices')).toBe(true);
  expect(isSetUpStep('price')).toBe(false);
});
