import { expect, test } from 'vitest';
import type { ListedMonth, PointMonth } from '../../src/queries/months';
import { certaintyOf, stateOf } from '../../src/words/months';

type Settlement = ListedMonth['settlement'];

const FINAL = { status: 'definitive' } as Settlement;

function listed(allocated: number, settlement: Settlement): ListedMonth {
  return { days: 30, totals: { days_allocated: allocated }, settlement } as ListedMonth;
}

test('a month in a list says what is missing, else how sure it is', () => {
  expect(stateOf(listed(27, null), 'fr')).toBe('3\u00a0jours manquent');
  expect(stateOf(listed(29, FINAL), 'en')).toBe('1 day is missing');
  expect(stateOf(listed(30, null), 'fr')).toBe('en cours');
  expect(stateOf(listed(30, FINAL), 'en')).toBe('final');
});

const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'].map((day) => ({ day }));

function certainty(measured: number, allocated: number, settlement: Settlement = null): string {
  const month = { days: DAYS, totals: { days_allocated: allocated }, settlement };
  return certaintyOf(month as PointMonth, DAYS.slice(0, measured), 'fr');
}

test('a month is as sure as its measures', () => {
  expect(certainty(3, 3, FINAL)).toBe('définitif');
  expect(certainty(3, 3)).toBe('en cours');
  expect(certainty(2, 2)).toBe('mesures reçues jusqu’au lundi 2\u00a0novembre');
  expect(certainty(2, 1)).toBe(
    'mesures reçues jusqu’au lundi 2\u00a0novembre · 1 jour n’est pas encore réparti',
  );
  expect(certainty(3, 1)).toBe('en cours · 2\u00a0jours ne sont pas encore répartis');
});
