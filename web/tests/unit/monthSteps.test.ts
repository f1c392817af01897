import { describe, expect, test } from 'vitest';
import type { StepCounts } from '../../src/queries/completeness';
import type { DsoResults, Settlement } from '../../src/queries/settlements';
import type { DayStatus, MonthDays } from '../../src/queries/shares';
import {
  billsState,
  dataState,
  dsoState,
  isOver,
  settlementState,
  sharesState,
} from '../../src/words/monthSteps';

const OVER = '2026-10';
const TO_COME = '2999-01';

function counts(expected: number, missing: number): StepCounts {
  return { expected, missing, received: expected - missing } as StepCounts;
}

function monthOf(month: string, ...statuses: DayStatus[]): MonthDays {
  const days = statuses.map((status) => ({ status }));
  return { month, days, pending: 0 } as unknown as MonthDays;
}

function settlement(content: Partial<Settlement>): Settlement {
  return { status: 'provisional', outdated: false, ...content } as Settlement;
}

test('a month is over once its last day is in Paris', () => {
  expect(isOver('2026-10', new Date('2026-10-31T22:30:00Z'))).toBe(false);
  expect(isOver('2026-10', new Date('2026-10-31T23:30:00Z'))).toBe(true);
});

describe('data', () => {
  test('what is missing of a month that is over is in the way, else it may still come', () => {
    expect(dataState(counts(200, 1), OVER, 'fr').tone).toBe('alert');
    expect(dataState(counts(200, 1), TO_COME, 'fr').tone).toBe('plain');
    expect(dataState(counts(200, 0), OVER, 'fr').tone).toBe('done');
    expect(dataState(counts(0, 0), OVER, 'fr').word).toBe('rien encore');
  });

  test('what is nearly all is not called all', () => {
    expect(dataState(counts(20_000, 1), OVER, 'en').word).toBe('99% received');
  });
});

describe('shares and settlement', () => {
  test('a day without shares keeps a month from being closed', () => {
    const days = monthOf(OVER, 'allocated', 'incomplete');

    expect(sharesState(days, 'en')).toEqual({ tone: 'alert', word: '1 days of 2' });
    expect(settlementState([], days, 'en')).toEqual({ tone: 'alert', word: 'not possible yet' });
  });

  test('a month that is ready is to be closed, once it is over', () => {
    expect(settlementState([], monthOf(OVER, 'allocated'), 'en').word).toBe('to close');
    expect(settlementState([], monthOf(TO_COME, 'allocated'), 'en').word).toBe('month under way');
  });

  test('the last settlement counts', () => {
    const days = monthOf(OVER, 'allocated');
    const two = [settlement({ outdated: true }), settlement({ status: 'definitive' })];

    expect(settlementState(two, days, 'en')).toEqual({ tone: 'done', word: 'closed, final' });
    expect(settlementState([settlement({ outdated: true })], days, 'en').tone).toBe('alert');
  });

  test('days that are being computed are neither here nor there', () => {
    const days = { ...monthOf(OVER, 'allocated', 'waiting'), pending: 1 };

    expect(sharesState(days, 'en')).toEqual({ tone: 'plain', word: 'being computed' });
  });
});

test('one provisional result of the grid operator makes the month provisional', () => {
  const results = (...definitive: boolean[]) =>
    ({
      curves: definitive.map((one) => ({ definitive: one })),
      energies: [],
    }) as unknown as DsoResults;

  expect(dsoState(results(), 'en').word).toBe('nothing received');
  expect(dsoState(results(true, true), 'en').tone).toBe('done');
  expect(dsoState(results(true, false), 'en').word).toBe('received, provisional');
});

test('invoices are to be prepared once a month is closed, and done once all are issued', () => {
  const [draft, issued] = [{ state: 'draft' } as const, { state: 'issued' } as const];

  expect(billsState([], [], 'en').word).toBe('after closing');
  expect(billsState([], [settlement({})], 'en').tone).toBe('todo');
  expect(billsState([draft, draft], [settlement({})], 'en').word).toBe('2\u00a0drafts');
  expect(billsState([draft, issued], [settlement({})], 'en').tone).toBe('alert');
  expect(billsState([issued], [settlement({})], 'en')).toEqual({ tone: 'done', word: '1 issued' });
});
