import { expect, test } from 'vitest';
import type { OperationMonth } from '../../src/queries/operationMonths';
import { isBehind, isIdle, operationsShown } from '../../src/words/overview';

const DONE: OperationMonth = {
  month: '2026-10',
  data: {
    state: 'complete',
    points: 3,
    days: 93,
    received: 93,
    estimated: 0,
    missing: 0,
    late: 0,
  },
  shares: { state: 'complete', days: 31, statuses: { allocated: 31 } },
  settlement: { state: 'complete', number: 1, status: 'provisional' },
  dso_results: { state: 'complete', days: 31, definitive_days: 31 },
  bills: {
    state: 'complete',
    drafts: 0,
    issued: 2,
    total_cents: 100,
    run_id: null,
    run_state: 'issued',
  },
} as unknown as OperationMonth;

const LATE: OperationMonth = {
  ...DONE,
  data: { ...DONE.data, state: 'blocked', received: 90, missing: 3, late: 3 },
};
const UNBILLED: OperationMonth = {
  ...DONE,
  bills: { ...DONE.bills, state: 'empty', issued: 0, run_state: null },
};
const BEFORE: OperationMonth = {
  ...UNBILLED,
  data: { ...DONE.data, days: 0 },
  shares: { ...DONE.shares, days: 0 },
};
const NOW = new Date('2026-11-30T12:00:00Z');

test('a month is behind that is over and blocked, or that a click would bring on', () => {
  expect(isBehind(DONE, 'en', NOW)).toBe(false);
  expect(isBehind(LATE, 'en', NOW)).toBe(true);
  expect(isBehind({ ...UNBILLED, settlement: DONE.settlement }, 'en', NOW)).toBe(true);
  expect(isBehind(LATE, 'en', new Date('2026-10-30T12:00:00Z'))).toBe(false);
});

test('a month in which nobody took part is none', () => {
  expect(isIdle(BEFORE)).toBe(true);
  expect(isIdle(UNBILLED)).toBe(false);
});

const operation = (id: string, name: string, organiser_id = 'watts') => ({
  id,
  name,
  organiser_id,
});
const HALLE = operation('ACC00000002', 'La Halle');
const ECOLE = operation('ACC00000003', 'École', 'volts');
const LAVOIR = operation('ACC00000001', 'Le Lavoir');
const OPERATIONS = [LAVOIR, HALLE, ECOLE];

test('operations are listed by name, as far as they fit', () => {
  const months = new Map([
    [HALLE.id, [DONE, LATE]],
    [LAVOIR.id, [DONE]],
  ]);
  const shown = (filter: Parameters<typeof operationsShown>[2]) =>
    operationsShown(OPERATIONS, months, filter, 'fr');

  expect(shown({})).toEqual([ECOLE, HALLE, LAVOIR]);
  expect(shown({ name: 'ecole' })).toEqual([ECOLE]);
  expect(shown({ name: '00000002' })).toEqual([HALLE]);
  expect(shown({ organiser: 'volts' })).toEqual([ECOLE]);
  // Of the school nothing has come yet.
  expect(shown({ behind: true })).toEqual([HALLE]);
});
