import { expect, test } from 'vitest';
import type { Me } from '../../src/queries/me';
import { operationsOf, operationsToAsk, ownOperations } from '../../src/queries/operations';

const stay = (operation_id: string, operation_name: string, valid_to: string | null = null) => ({
  operation_id,
  operation_name,
  prm: '99110000000101',
  valid_to,
});

const me = {
  organised: [{ id: 'ACC9', name: 'Run by me' }],
  joining: [],
  profile: {
    participations: [
      stay('ACC1', 'Les Volts', '2026-01-01'),
      stay('ACC1', 'Les Volts'),
      stay('ACC2', 'Les Watts'),
    ],
  },
} as unknown as Me;

test('one asks in each operation in which one has or had a point, once', () => {
  expect(operationsToAsk(me)).toEqual([
    { id: 'ACC1', name: 'Les Volts' },
    { id: 'ACC2', name: 'Les Watts' },
  ]);
});

test('a page about an operation asks there, and nowhere if one has no point in it', () => {
  expect(operationsToAsk(me, 'ACC2')).toEqual([{ id: 'ACC2', name: 'Les Watts' }]);
  expect(operationsToAsk(me, 'ACC9')).toEqual([]);
});

test('who is to come into an operation asks there, and sees nothing else of it', () => {
  const joining = [{ id: 'ACC3', name: 'Les Joules' }];
  const newcomer = { ...me, organised: [], joining, profile: { participations: [] } };

  expect(operationsToAsk(newcomer as unknown as Me)).toEqual(joining);
  expect(ownOperations(newcomer as unknown as Me)).toEqual(joining);
  expect(operationsOf(newcomer as unknown as Me)).toEqual([]);
});

test('who is no member asks nobody', () => {
  expect(operationsToAsk({ ...me, profile: null })).toEqual([]);
});
