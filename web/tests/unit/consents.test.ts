import { expect, test } from 'vitest';
import { fetchedFromOperator, shownToOrganiser, stands } from '../../src/queries/consentRule';
import type { Consent } from '../../src/queries/consents';

const TODAY = '2026-11-29';

function consent(changes: Partial<Consent> = {}): Consent {
  return {
    id: 'a',
    prm: '99110000000108',
    purpose: 'display',
    granularity: 'load_curve',
    answer: 'granted',
    valid_from: '2026-01-01',
    valid_to: '2029-01-01',
    proof_reference: null,
    proof_sha256: null,
    recorded_at: '2026-01-01T09:00:00Z',
    recorded_by: 'b',
    withdrawn_on: null,
    withdrawn_at: null,
    withdrawn_by: null,
    ...changes,
  };
}

const refusal = (changes: Partial<Consent> = {}) => consent({ answer: 'refused', ...changes });
const shown = (said: Consent[]) => ({
  curve: shownToOrganiser(said, 'load_curve', TODAY).because,
  days: shownToOrganiser(said, 'daily', TODAY).because,
});

test('a consent stands from its first day to the day before its end, unless it was withdrawn', () => {
  expect(stands(consent({ valid_from: TODAY }), TODAY)).toBe(true);
  expect(stands(consent({ valid_to: TODAY }), TODAY)).toBe(false);
  expect(stands(consent({ withdrawn_on: TODAY }), TODAY)).toBe(false);
  expect(stands(consent({ withdrawn_on: '2026-11-30' }), TODAY)).toBe(true);
});

test('what the organiser sees is all, as long as the member has said nothing', () => {
  expect(shown([])).toEqual({ curve: 'participation', days: 'participation' });
  expect(shown([consent({ valid_from: '2026-11-30' })]).curve).toBe('participation');
  expect(shown([refusal({ purpose: 'collection' })]).curve).toBe('participation');
});

test('what the organiser sees is what was granted from then on: hours tell what a day came to, days no hours', () => {
  expect(shown([consent()])).toEqual({ curve: 'granted', days: 'curve' });
  expect(shown([consent({ granularity: 'daily' })])).toEqual({
    curve: 'unsaid',
    days: 'granted',
  });
});

test('what the organiser sees is nothing that was refused: who refuses days refuses hours', () => {
  expect(shown([refusal()])).toEqual({ curve: 'refused', days: 'unsaid' });
  expect(shown([consent(), refusal({ granularity: 'daily' })])).toEqual({
    curve: 'days',
    days: 'refused',
  });
  expect(shown([refusal(), consent({ granularity: 'daily' })])).toEqual({
    curve: 'refused',
    days: 'granted',
  });
});

test('what the organiser sees is nothing once what was said is over', () => {
  const over = shownToOrganiser([consent({ withdrawn_on: '2026-03-01' })], 'load_curve', TODAY);
  expect(over).toEqual({ isAllowed: false, because: 'unsaid', until: null });
});

test('what is fetched from the grid operator is nothing without a yes, nor with a no', () => {
  const yes = consent({ purpose: 'collection' });
  const no = refusal({ purpose: 'collection', granularity: 'daily' });
  expect(fetchedFromOperator([consent()], TODAY).isAllowed).toBe(false);
  expect(fetchedFromOperator([yes], TODAY).isAllowed).toBe(true);
  expect(fetchedFromOperator([yes, no], TODAY).because).toBe('refused');
});
