import { expect, test } from 'vitest';
import type { Estimation } from '../../src/queries/estimations';
import { methodsInOrder, standingIn } from '../../src/words/estimations';

test('the ways that are allowed come as they are tried, the others last', () => {
  expect(methodsInOrder(['neighbours', 'interpolation'])).toEqual([
    'neighbours',
    'interpolation',
    'same_weekday',
  ]);
});

test('of a month there are the estimations that filled something and were not withdrawn', () => {
  const one = {
    id: '1',
    operation_id: 'ACC00000101',
    asked_by: 'me',
    asked_at: '2026-11-02T08:00:00Z',
    from_day: '2026-09-20',
    to_day: '2026-10-10',
    methods: [],
    steps_filled: 4,
    steps_left: 0,
    withdrawn_at: null,
    withdrawn_by: null,
  } satisfies Estimation;
  const all: Estimation[] = [
    one,
    { ...one, id: '2', steps_filled: 0 },
    { ...one, id: '3', withdrawn_at: '2026-11-03T08:00:00Z' },
    { ...one, id: '4', from_day: '2026-11-01', to_day: '2026-11-30' },
  ];
  expect(standingIn('2026-10', all).map(({ id }) => id)).toEqual(['1']);
  expect(standingIn('2026-09', all).map(({ id }) => id)).toEqual(['1']);
  expect(standingIn('2026-08', all)).toEqual([]);
});
