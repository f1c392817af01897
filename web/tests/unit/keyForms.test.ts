import { expect, test } from 'vitest';
import type { Perimeter } from '../../src/queries/perimeters';
import { startOfDay } from '../../src/words/instants';
import {
  definitionOf,
  formKindOf,
  kindOf,
  percentsOf,
  ranksOf,
  totalPercent,
} from '../../src/words/keyForms';
import { pollOf, votersOn } from '../../src/words/keyPolls';
import { consumersOf, plantsOf } from '../../src/words/standing';

const [ANNA, BRUNO, CARLA] = ['99000000000001', '99000000000002', '99000000000003'];

test('each kind of key is called by one, and an unknown one by none', () => {
  expect(kindOf({ type: 'static', shares: {}, redistribute: true })).toBe('static_redistribute');
  expect(kindOf({ type: 'static', shares: {} })).toBe('static');
  expect(kindOf({ type: 'priority', ranks: [] })).toBe('priority');
  expect(kindOf({ type: 'new' })).toBeNull();
});

test('a form leaves alone what it cannot show', () => {
  expect(formKindOf({ type: 'priority', ranks: [[ANNA]] })).toBe('priority');
  expect(formKindOf({ type: 'priority', ranks: [{ weights: { [ANNA]: '1' } }] })).toBe('kept');
  const schedules = [{ days: ['working_day'], ranks: [[ANNA]] }];
  expect(formKindOf({ type: 'priority', ranks: [[ANNA]], schedules })).toBe('kept');
  expect(formKindOf({ type: 'new' })).toBe('kept');
});

test('parts are typed in percent, and are sent as exact decimals', () => {
  const definition = definitionOf('static', { [ANNA]: '12,5', [BRUNO]: '8.33', [CARLA]: '' }, {});

  expect(definition).toEqual({
    type: 'static',
    shares: { [ANNA]: '0.125', [BRUNO]: '0.0833' },
    redistribute: false,
  });
  expect(percentsOf(definition, [ANNA, BRUNO, CARLA], 'fr')).toEqual({
    [ANNA]: '12,5',
    [BRUNO]: '8,33',
    [CARLA]: '0',
  });
  expect(totalPercent({ [ANNA]: '33,4', [BRUNO]: '33.3', [CARLA]: '33.3' })).toBe(100);
});

test('a static key that is saved again keeps each share, to its ninth decimal', () => {
  const shares = { [ANNA]: '0.333333333', [BRUNO]: '0.666666666', [CARLA]: '0.000000001' };
  const percents = percentsOf({ type: 'static', shares }, [ANNA, BRUNO, CARLA], 'fr');
  expect(percents[ANNA]).toBe('33,3333333');
  expect(definitionOf('static', percents, {})).toMatchObject({ shares });
  expect(totalPercent(percents)).toBe(100);
  expect(totalPercent({ ...percents, [CARLA]: '0,0000002' })).toBeGreaterThan(100);
  const whole = percentsOf({ type: 'static', shares: { [ANNA]: '1' } }, [ANNA], 'en');
  expect(definitionOf('static', whole, {})).toMatchObject({ shares: { [ANNA]: '1' } });
});

test('a new key has equal parts, which do not come to more than there is', () => {
  const percents = percentsOf(undefined, [ANNA, BRUNO, CARLA], 'fr');

  expect(percents[ANNA]).toBe('33,33');
  expect(percentsOf(undefined, [ANNA, BRUNO, CARLA], 'en')[ANNA]).toBe('33.33');
  expect(totalPercent(percents)).toBeLessThanOrEqual(100);
});

test('ranks are in order, several may have the same, and who has none is left out', () => {
  const definition = definitionOf('priority', {}, { [ANNA]: '7', [BRUNO]: '1', [CARLA]: '' });

  expect(definition).toEqual({ type: 'priority', ranks: [[BRUNO], [ANNA]] });
  expect(ranksOf(definition, [ANNA, BRUNO, CARLA])).toEqual({
    [ANNA]: '2',
    [BRUNO]: '1',
    [CARLA]: '',
  });
  expect(ranksOf(undefined, [ANNA, BRUNO])).toEqual({ [ANNA]: '1', [BRUNO]: '1' });
});

const stay = (prm: string, member_id: string, direction: string, valid_to: string | null = null) =>
  ({ prm, member_id, direction, valid_from: '2026-01-01', valid_to }) as unknown;

const perimeter = {
  participations: [
    stay(ANNA, 'anna', 'consumption'),
    stay(BRUNO, 'anna', 'consumption'),
    stay(CARLA, 'carla', 'consumption', '2026-10-01'),
    stay('99000000000091', 'roof', 'production'),
  ],
} as Perimeter;

test('who consumes now has a part, and each member who takes part has one vote', () => {
  expect(consumersOf(perimeter, '2026-11-30')).toEqual([ANNA, BRUNO]);
  expect(plantsOf(perimeter, '2025-12-31')).toEqual(['99000000000091']);
  expect(votersOn(perimeter, '2026-11-30')).toBe(2);
  expect(votersOn(perimeter, '2026-09-30')).toBe(3);
});

test('a vote ends as its last day does in Paris, in winter and in summer', () => {
  const form = new FormData();
  for (const [name, value] of [
    ['question', ' Oui ? '],
    ['description', ''],
    ['last', '2026-12-14'],
    ['max_proxies', '2'],
  ] as const) {
    form.set(name, value);
  }
  const body = pollOf(form, {
    keyId: 'school',
    mode: 'secret',
    quorum: '1/3',
    labels: { yes: 'Oui', no: 'Non' },
    opensAt: new Date('2026-11-30T10:00:00Z'),
  });

  expect(body).toMatchObject({
    question: 'Oui ?',
    opens_at: '2026-11-30T10:00:00.000Z',
    closes_at: '2026-12-14T23:00:00.000Z',
    quorum: { share: '1/3', of: 'members' },
    max_proxies: 2,
    adopting_option: 'for',
    key_id: 'school',
  });
  expect(startOfDay('2026-07-14')).toBe('2026-07-13T22:00:00.000Z');
  expect(startOfDay('2026-10-25')).toBe('2026-10-24T22:00:00.000Z');
  expect(startOfDay('2026-10-26')).toBe('2026-10-25T23:00:00.000Z');
});
