import { describe, expect, test } from 'vitest';
import type { OperationMonth } from '../../src/queries/operationMonths';
import { isOver, stepsOf, stepToGo } from '../../src/words/monthSteps';

const TO_COME = '2999-01';

type Content = { [Part in Exclude<keyof OperationMonth, 'month'>]?: Partial<OperationMonth[Part]> };

/** October, of which all is done, but for what is said. */
function october(content: Content & { month?: string } = {}): OperationMonth {
  const { month = '2026-10', data, shares, settlement, dso_results, bills } = content;
  return {
    month,
    data: { state: 'complete', days: 31, received: 31, estimated: 0, missing: 0, ...data },
    shares: { state: 'complete', days: 31, statuses: { allocated: 31 }, ...shares },
    settlement: { state: 'complete', number: 1, status: 'provisional', ...settlement },
    dso_results: { state: 'complete', ...dso_results },
    bills: { state: 'complete', drafts: 0, issued: 12, run_state: 'issued', ...bills },
  } as OperationMonth;
}

const OPEN = { state: 'empty', number: null, status: null } as const;
const UNBILLED = { state: 'empty', issued: 0, run_state: null } as const;

const steps = (content: Parameters<typeof october>[0]) => stepsOf(october(content), 'en');

test('a month is over once its last day is in Paris', () => {
  expect(isOver('2026-10', new Date('2026-10-31T22:30:00Z'))).toBe(false);
  expect(isOver('2026-10', new Date('2026-10-31T23:30:00Z'))).toBe(true);
});

describe('data', () => {
  test('what is late is in the way, what is missing may still come', () => {
    const data = { days: 400, received: 398, missing: 1, estimated: 1 };

    expect(steps({ data: { ...data, state: 'blocked' } }).data).toEqual({
      tone: 'alert',
      word: '99% received',
    });
    expect(steps({ data: { ...data, state: 'partial' } }).data.tone).toBe('plain');
  });

  test('of a month under way nothing is missing until it is', () => {
    expect(steps({ data: { state: 'partial' } }).data.word).toBe('complete so far');
    expect(steps({ data: { state: 'empty' } }).data.word).toBe('nothing yet');
  });
});

describe('shares and settlement', () => {
  const shares = { state: 'blocked', statuses: { allocated: 30, incomplete: 1 } } as const;

  test('a day without shares keeps a month from being closed', () => {
    const states = steps({ shares, settlement: OPEN, bills: UNBILLED });

    expect(states.shares).toEqual({ tone: 'alert', word: '30\u00a0days of 31' });
    expect(states.settlement.word).toBe('not possible yet');
    expect(stepToGo(states)).toBe('shares');
  });

  test('a month that is ready is to be closed, once it is over', () => {
    expect(steps({ settlement: OPEN }).settlement.word).toBe('to close');
    expect(steps({ settlement: OPEN, month: TO_COME }).settlement.word).toBe('month under way');
  });

  test('what has changed since is redone by itself, or is in the way', () => {
    expect(steps({ settlement: { state: 'partial' } }).settlement.tone).toBe('plain');
    expect(steps({ settlement: { state: 'blocked' } }).settlement.tone).toBe('alert');
    expect(steps({ settlement: { status: 'definitive' } }).settlement.word).toBe('closed, final');
  });

  test('days that are being computed are neither here nor there', () => {
    const waiting = { state: 'partial', statuses: { allocated: 30, waiting: 1 } } as const;

    expect(steps({ shares: waiting }).shares).toEqual({ tone: 'plain', word: 'being computed' });
  });
});

test('the grid operator’s results keep nobody waiting', () => {
  const states = steps({ dso_results: { state: 'empty' } });

  expect(states.dso.word).toBe('nothing received');
  expect(stepToGo(states)).toBeUndefined();
  expect(steps({ dso_results: { state: 'partial' } }).dso.word).toBe('received, provisional');
});

test('invoices are to be prepared once a month is closed, and done once all are issued', () => {
  expect(steps({ settlement: OPEN, bills: UNBILLED }).bills.word).toBe('after closing');
  expect(steps({ bills: UNBILLED }).bills).toEqual({ tone: 'todo', word: 'to prepare' });
  expect(steps({ bills: { state: 'empty', issued: 0 } }).bills).toEqual({
    tone: 'done',
    word: 'nothing to issue',
  });
  const given = { ...UNBILLED, is_gift: true };
  expect(steps({ bills: given }).bills).toEqual({ tone: 'done', word: 'energy given' });
  expect(steps({ settlement: OPEN, bills: given }).bills.tone).toBe('plain');
  expect(steps({ bills: { drafts: 2, issued: 0 } }).bills.word).toBe('2\u00a0drafts');
  expect(steps({ bills: { drafts: 1, issued: 1 } }).bills.tone).toBe('alert');
  expect(steps({ bills: { state: 'blocked' } }).bills).toEqual({ tone: 'alert', word: 'blocked' });
  expect(steps({ bills: { run_state: 'issuing' } }).bills.word).toBe('under way');
});
