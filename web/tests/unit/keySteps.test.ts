import { expect, test } from 'vitest';
import type { Adoption } from '../../src/queries/keyLife';
import type { Key } from '../../src/queries/keys';
import type { Poll } from '../../src/queries/polls';
import {
  beginsTooSoon,
  firstDayProposed,
  inOrder,
  isArriving,
  lifeOf,
  momentOfKey,
} from '../../src/words/keySteps';

const TODAY = '2026-11-30';
const draft = { id: 'school', state: 'draft', declared_on: null } as Key;

const poll = (state: Poll['state'], opens_at = '2026-11-01T10:00:00Z') =>
  ({ id: opens_at, key_id: 'school', state, opens_at }) as Poll;
const adoption = (state: Adoption['state']) =>
  ({ poll_id: poll('closed').id, key_id: 'school', state }) as Adoption;

test('a draft is voted on, and waits as long as members vote', () => {
  expect(lifeOf(draft, [], []).step).toBe('vote');
  expect(lifeOf(draft, [{ ...poll('open'), key_id: 'another' }], []).step).toBe('vote');
  expect(lifeOf(draft, [poll('open')], []).step).toBeNull();
  expect(lifeOf(draft, [poll('counting')], []).step).toBeNull();
  // One that was never opened, or was called off, is no vote.
  expect(lifeOf(draft, [poll('draft'), poll('cancelled')], []).step).toBe('vote');
});

test('a vote that did not adopt the draft can be held again, one that did waits for its points', () => {
  expect(lifeOf(draft, [poll('closed')], []).step).toBe('vote');
  expect(lifeOf(draft, [poll('closed')], [adoption('key_changed')]).step).toBe('vote');
  expect(lifeOf(draft, [poll('closed')], [adoption('waiting')]).step).toBe('approve');
});

test('what members adopted is on its way, whichever of the two is seen first', () => {
  const arriving = (adoptions: Adoption[], isAdopted = true, key = draft) =>
    isArriving(key, lifeOf(key, [poll('closed')], adoptions), isAdopted);

  expect(arriving([])).toBe(true);
  expect(arriving([adoption('approved')])).toBe(true);
  expect(lifeOf(draft, [poll('closed')], [adoption('approved')]).step).toBeNull();
  expect(arriving([adoption('key_changed')])).toBe(false);
  expect(arriving([], false)).toBe(false);
  expect(arriving([adoption('approved')], true, { ...draft, state: 'approved' })).toBe(false);
});

test('of two votes the later one counts', () => {
  const later = poll('open', '2026-11-20T10:00:00Z');
  expect(lifeOf(draft, [poll('closed'), later], [adoption('approved')])).toEqual({
    poll: later,
    adoption: undefined,
    step: null,
  });
});

test('what is approved is declared, then activated, then done', () => {
  const stepIn = (state: Key['state']) => lifeOf({ ...draft, state }, [], []).step;

  expect(stepIn('approved')).toBe('declare');
  expect(stepIn('declared')).toBe('activate');
  expect(stepIn('active')).toBeNull();
  expect(stepIn('superseded')).toBeNull();
});

test('a key begins after the notice, counted from its declaration', () => {
  const key = { state: 'approved', valid_from: '2026-12-15', declared_on: null } as const;

  expect(beginsTooSoon(key, 15, TODAY)).toBe(false);
  expect(beginsTooSoon(key, 16, TODAY)).toBe(true);
  expect(beginsTooSoon({ ...key, declared_on: '2026-11-01' }, 16, TODAY)).toBe(false);
  expect(beginsTooSoon({ ...key, state: 'active' }, 16, TODAY)).toBe(false);
});

test('a new key begins with the first month that leaves time to vote', () => {
  expect(firstDayProposed('2026-11-30', 15)).toBe('2027-01-01');
  expect(firstDayProposed('2026-11-09', 15)).toBe('2026-12-01');
  expect(firstDayProposed('2026-11-10', 14)).toBe('2026-12-01');
});

test('what is in force comes first, then what comes, drafts, and the past, newest first', () => {
  const key = (id: string, state: Key['state'], valid_from: string, in_force_to: string | null) =>
    ({ id, state, valid_from, valid_to: null, in_force_to }) as Key;
  const keys = [
    key('first', 'active', '2024-01-01', '2025-01-01'),
    key('second', 'active', '2025-01-01', '2026-01-01'),
    key('now', 'active', '2026-01-01', '2027-01-01'),
    key('draft', 'draft', '2027-06-01', null),
    key('next', 'active', '2027-01-01', null),
    key('replaced', 'superseded', '2026-05-01', '2026-05-01'),
  ];

  expect(inOrder(keys, TODAY).map(({ id }) => id)).toEqual([
    ...['now', 'next', 'draft'],
    ...['replaced', 'second', 'first'],
  ]);
  expect(keys.map((one) => momentOfKey(one, TODAY))).toEqual([
    ...['past', 'past', 'current', 'draft', 'coming', 'past'],
  ]);
});
