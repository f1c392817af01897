import { expect, test } from 'vitest';
import type { Account } from '../../src/queries/accounts';
import { canHave, rightsChanged, rightsOf, rolesWith } from '../../src/words/rights';

const account = (roles: Account['roles'], operations: string[] = []): Account => ({
  id: '1',
  email: 'odile.marchande@example.org',
  roles,
  operations,
  member_id: null,
  disabled: false,
});

test('whoever runs no operation is no organiser, and stays the member that they are', () => {
  const both = account(['organiser', 'member'], ['A']);

  expect(rightsOf(both)).toEqual({ isStaff: false, operations: ['A'] });
  expect(rolesWith(both, { isStaff: false, operations: [] })).toEqual(['member']);
  expect(rolesWith(both, { isStaff: true, operations: ['B'] })).toEqual([
    'operator',
    'organiser',
    'member',
  ]);
});

test('what one gains and what one loses is told', () => {
  const before = rightsOf(account(['operator', 'organiser'], ['A', 'B']));

  expect(rightsChanged(before, { isStaff: false, operations: ['B', 'C'] })).toEqual({
    becomesStaff: false,
    staysNoStaff: true,
    gained: ['C'],
    lost: ['A'],
  });
});

test('an account is left with something that it may do, or as it is', () => {
  const organiser = account(['organiser'], ['A']);

  expect(canHave(organiser, { isStaff: false, operations: ['A'] })).toBe(false);
  expect(canHave(organiser, { isStaff: false, operations: [] })).toBe(false);
  expect(canHave(organiser, { isStaff: false, operations: ['B'] })).toBe(true);
});
