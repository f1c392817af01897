import { expect, test } from 'vitest';
import type { Key } from '../../src/queries/keys';
import type { Outcome, Simulation } from '../../src/queries/simulations';
import { simulationOf } from '../../src/words/keyRequests';
import {
  changesBetween,
  comparable,
  comparedIn,
  countChanges,
  equalShares,
  keyLike,
  lookedAt,
  monthsOver,
  periodOf,
  scenariosNamed,
} from '../../src/words/keyScenarios';

const outcome = (name: string, coverages: Record<string, number | null>) =>
  ({
    name,
    consumers: Object.entries(coverages).map(([prm, coverage]) => ({
      prm,
      coverage,
      savings_cents: Math.round((coverage ?? 0) * 1000),
    })),
  }) as unknown as Outcome;

test('who gains the most comes first, and who uses nothing last', () => {
  const before = outcome('today', { anna: 0.2, bruno: 0.5, carla: null, dora: 0.3 });
  const after = outcome('then', { anna: 0.3, bruno: 0.25, carla: null, dora: 0.3 });
  const changes = changesBetween(before, after);

  expect(changes.map(({ prm }) => prm)).toEqual(['anna', 'dora', 'bruno', 'carla']);
  expect(changes[0]).toEqual({ prm: 'anna', before: 0.2, after: 0.3, savingCents: 100 });
  expect(countChanges(changes)).toEqual({ better: 1, worse: 1, same: 2 });
});

test('a comparison has its scenarios and what was proposed, which is looked at first', () => {
  const school = { type: 'priority', ranks: [['99000000000001']] };
  const simulation = {
    request: { scenarios: [{ name: 'today' }, { name: 'school', key: school }] },
    result: {
      scenarios: [outcome('today', {}), outcome('school', {})],
      proposals: [{ outcome: outcome('best', {}), definition: { type: 'static' } }],
    },
  } as unknown as Simulation;
  const compared = comparedIn(simulation);

  expect(compared.map(({ definition }) => definition)).toEqual([null, school, { type: 'static' }]);
  expect(lookedAt(compared, undefined)).toBe(2);
  expect(lookedAt(compared, 1)).toBe(1);
  expect(lookedAt(compared, 7)).toBe(2);
  expect(lookedAt(compared.slice(0, 2), undefined)).toBe(1);
});

test('a key that says the same is known, in whatever order it says so', () => {
  const key = (id: string, state: Key['state'], definition: Key['definition']) =>
    ({ id, state, definition }) as Key;
  const keys = [
    key('old', 'superseded', { type: 'static', shares: { a: '0.5' } }),
    key('draft', 'draft', { shares: { a: '0.5' }, type: 'static' }),
    key('files', 'draft', { type: 'dynamic' }),
    key('now', 'active', { type: 'default_dynamic' }),
  ];

  expect(keyLike({ type: 'static', shares: { a: '0.5' } }, keys)?.id).toBe('draft');
  expect(keyLike({ type: 'static', shares: { a: '0.6' } }, keys)).toBeUndefined();
  expect(comparable(keys).map(({ id }) => id)).toEqual(['draft']);
});

test('names are each one’s own, and begin as the platform wants', () => {
  const names = scenariosNamed([{ name: '« École »' }, { name: 'École »' }, { name: '!' }]);

  expect(names.map(({ name }) => name)).toEqual(['École »', 'École » (2)', 'Clé']);
});

test('equal parts come to no more than there is', () => {
  expect(equalShares(['a', 'b', 'c'])).toEqual({
    type: 'static',
    shares: { a: '0.3333', b: '0.3333', c: '0.3333' },
    redistribute: false,
  });
});

test('months that are over, and a year of them at the most', () => {
  expect(monthsOver('2026-08', '2026-10')).toEqual(['2026-10', '2026-09', '2026-08']);
  expect(monthsOver('2026-11', '2026-10')).toEqual([]);
  expect(periodOf('2026-08', '2026-10')).toEqual({ from_day: '2026-08-01', to_day: '2026-11-01' });
  expect(periodOf('2026-10', '2026-08')).toEqual({ from_day: '2026-08-01', to_day: '2026-11-01' });
  expect(periodOf('2024-01', '2026-10').from_day).toBe('2025-11-01');
});

test('what is ticked and typed is asked for', () => {
  const form = new FormData();
  for (const [name, value] of [
    ['key school', 'on'],
    ['equal', 'on'],
    ['from', '2026-08'],
    ['to', '2026-10'],
    ['local', '0,125'],
    ['supplier', '0.2'],
    ['feed_in', '0,04'],
    ['title', ''],
  ] as const) {
    form.set(name, value);
  }
  const key = (id: string) =>
    ({ id, definition: { type: 'priority', ranks: [] } }) as unknown as Key;
  const body = simulationOf(form, {
    operation: 'ACC00000101',
    keys: [
      { key: key('school'), name: 'École' },
      { key: key('other'), name: 'Autre' },
    ],
    consumers: ['a', 'b'],
    names: { today: 'Aujourd’hui', byUse: 'Selon', equal: 'Égales' },
    search: 'savings',
    fairness: '0.8',
  });

  expect(body.scenarios.map(({ name }) => name)).toEqual(['Aujourd’hui', 'École', 'Égales']);
  expect(body.prices).toMatchObject({ local_eur_per_kwh: '0.125', feed_in_eur_per_kwh: '0.04' });
  expect(body.search).toEqual({ maximise: 'savings', min_coverage_ratio: 0.8 });
  expect(body.title).toBeNull();
});
