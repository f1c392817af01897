import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Me, OwnParticipation } from '../../src/queries/me';
import type { ListedPlantMonth, PlantMonth } from '../../src/queries/plantMonths';

beforeEach(() => {
  vi.stubGlobal('window', { location: { origin: 'https://elocoop.example' } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function stay(prm: string, direction: string, told: Partial<OwnParticipation> = {}) {
  return {
    operation_id: 'ACC00000001',
    prm,
    direction,
    valid_from: '2026-01-01',
    valid_to: null,
    ...told,
  } as OwnParticipation;
}

function member(...participations: OwnParticipation[]): Me {
  return { profile: { participations } } as Me;
}

function month(name: string, days: number): ListedPlantMonth {
  return { month: name, days: 30, totals: { days_allocated: days } } as ListedPlantMonth;
}

const ROOF = '99000000000091';
const BARN = '99000000000092';

test('plants and meters are told apart, each once', async () => {
  const { consumingPoints, plantOf, producingPoints } = await import('../../src/queries/me');
  const again = stay(ROOF, 'production', { valid_from: '2026-06-01' });
  const me = member(
    stay('99000000000001', 'consumption'),
    stay(ROOF, 'production', { valid_to: '2026-03-01' }),
    again,
    stay(BARN, 'production'),
  );

  expect(producingPoints(me).map(({ prm }) => prm)).toEqual([ROOF, BARN]);
  expect(producingPoints(me)[0]).toBe(again);
  expect(consumingPoints(me)).toHaveLength(1);
  expect([1, 2, 3].map((number) => plantOf(me, number)?.prm)).toEqual([ROOF, BARN, ROOF]);
  expect(plantOf(member(), 1)).toBeUndefined();
});

test('a point takes part from its first day to the day before its last', async () => {
  const { takesPart } = await import('../../src/queries/me');
  const some = stay(ROOF, 'consumption', { valid_from: '2026-03-01', valid_to: '2026-04-01' });

  const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'];
  expect(days.map((day) => takesPart(some, day))).toEqual([false, true, true, false]);
});

test('production begins with the last month of which something is shared out', async () => {
  const { lastMonthWithShares } = await import('../../src/queries/months');

  expect(
    lastMonthWithShares([month('2026-09', 30), month('2026-10', 3), month('2026-11', 0)]),
  ).toBe('2026-10');
  expect(lastMonthWithShares([month('2026-10', 0), month('2026-11', 0)])).toBe('2026-11');
  expect(lastMonthWithShares([])).toBeUndefined();
});

test('what was made is what is measured, unless a part of the allocated days is told', async () => {
  const { producedIn } = await import('../../src/words/months');
  const days = [{ production_wmin: 600 }, { production_wmin: 240 }, { production_wmin: null }];
  const of = (shared_wmin: number | null, production_wmin: number) =>
    producedIn({ days, totals: { shared_wmin, production_wmin } } as PlantMonth);

  expect(of(null, 0)).toBe(840);
  expect(of(null, 600)).toBe(840);
  expect(of(450, 600)).toBe(600);
});
