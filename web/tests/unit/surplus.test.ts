import { expect, test } from 'vitest';
import type { Sales, SurplusContract } from '../../src/queries/surplus';
import {
  contractIn,
  contractsInMonth,
  plantMonths,
  withContract,
  withPriceOf,
} from '../../src/words/surplus';

const FEED_IN: SurplusContract = {
  kind: 'feed_in',
  valid_from: '2026-03-01',
  valid_to: null,
  buyer: 'EDF OA',
  number: 'BTA0991234',
  price_cents_per_kwh: '5.36',
  coefficient: '1.012',
  prices_by_month: {},
  yearly_cap: { energy_kwh: 14_400, beyond_cents_per_kwh: '5', since: '2026-03-01' },
};
const AGGREGATOR: SurplusContract = {
  ...FEED_IN,
  kind: 'aggregator',
  buyer: 'Agrégat',
  number: null,
  price_cents_per_kwh: null,
  coefficient: null,
  prices_by_month: { '2026-09': '-0.4' },
  yearly_cap: null,
};

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(fields)) form.set(name, text);
  return form;
}

test('the coefficient of a year is a version from its day on, and loses nothing of the contract', () => {
  const form = formOf({
    kind: 'feed_in',
    buyer: 'EDF OA',
    number: 'BTA0991234',
    price: '5,36',
    coefficient: '1,03',
    cap_kwh: '14 400',
    beyond: '5',
    since: '2026-03-01',
    last_day: '',
  });
  expect(withContract([FEED_IN], contractIn(form, FEED_IN), '2027-03-01')).toEqual([
    { ...FEED_IN, valid_to: '2027-03-01' },
    { ...FEED_IN, valid_from: '2027-03-01', coefficient: '1.03' },
  ]);
});

test('the same contract again changes nothing, but perhaps its last day', () => {
  const { valid_from: _, ...terms } = FEED_IN;
  expect(withContract([FEED_IN], terms, '2027-03-01')).toEqual([FEED_IN]);
  const ending = { ...terms, valid_to: '2028-01-01' };
  expect(withContract([FEED_IN], ending, '2027-03-01')).toEqual([
    { ...FEED_IN, valid_to: '2028-01-01' },
  ]);
});

test('a contract without a last day ends where a later one begins', () => {
  const first = { ...FEED_IN, valid_to: '2027-01-01' };
  const later = { ...AGGREGATOR, valid_from: '2028-03-01' };
  const between = contractIn(formOf({ kind: 'none', last_day: '' }), undefined);
  expect(withContract([first, later], between, '2027-01-01')).toEqual([
    first,
    later,
    { ...between, valid_from: '2027-01-01', valid_to: '2028-03-01' },
  ]);
  // One that was to end before it, and is to go on.
  const { valid_from: _, ...terms } = { ...FEED_IN, valid_to: null };
  expect(withContract([first, later], terms, '2026-12-01')).toEqual([
    { ...FEED_IN, valid_to: '2028-03-01' },
    later,
  ]);
});

test('nobody takes it: there is neither a buyer nor a price', () => {
  const form = formOf({ kind: 'none', last_day: '2026-12-31' });
  expect(contractIn(form, FEED_IN)).toEqual({
    kind: 'none',
    buyer: null,
    number: null,
    price_cents_per_kwh: null,
    coefficient: null,
    prices_by_month: {},
    yearly_cap: null,
    valid_to: '2027-01-01',
  });
});

test('what one aggregator paid month by month stays with it', () => {
  const form = { kind: 'aggregator', price: '', last_day: '' };
  const same = contractIn(formOf({ ...form, buyer: 'Agrégat' }), AGGREGATOR);
  expect(same.prices_by_month).toEqual({ '2026-09': '-0.4' });
  const another = contractIn(formOf({ ...form, buyer: 'Autre' }), AGGREGATOR);
  expect(another.prices_by_month).toEqual({});

  expect(withPriceOf([FEED_IN, AGGREGATOR], AGGREGATOR, '2026-10', '3.2')).toEqual([
    FEED_IN,
    { ...AGGREGATOR, prices_by_month: { '2026-09': '-0.4', '2026-10': '3.2' } },
  ]);
});

test('the price of a month goes to a contract that holds in it, of two to each its own', () => {
  const first = { ...AGGREGATOR, valid_from: '2026-08-10', valid_to: '2026-10-16' };
  const second = {
    ...AGGREGATOR,
    buyer: 'Autre',
    valid_from: '2026-10-16',
    valid_to: '2026-12-01',
  };
  const both = [first, second];
  expect(contractsInMonth(both, '2026-08')).toEqual([first]);
  expect(contractsInMonth(both, '2026-10')).toEqual(both);
  expect(contractsInMonth(both, '2026-11')).toEqual([second]);
  expect(contractsInMonth([AGGREGATOR], '2031-01')).toEqual([AGGREGATOR]);
  // In no contract, it is nobody's.
  for (const month of ['2026-07', '2026-12', '', '2026']) {
    expect(contractsInMonth(both, month)).toEqual([]);
  }
  expect(withPriceOf(both, second, '2026-10', '3').map((one) => one.prices_by_month)).toEqual([
    { '2026-09': '-0.4' },
    { '2026-09': '-0.4', '2026-10': '3' },
  ]);
});

test('a plant’s month is told once, in however many rows of sales it stands', () => {
  const plant = { produced_wmin: 1, shared_wmin: 1, surplus_wmin: 0 };
  const sales = [
    { producer: 'roof', issuer_id: 'a', state: 'draft', plant },
    { producer: 'roof', issuer_id: 'a', state: 'issued', plant },
    { producer: 'mill', issuer_id: 'b', state: 'issued', plant: null },
  ] as Sales[];
  expect(plantMonths(sales)).toEqual([{ producer: 'roof', issuer_id: 'a', plant }]);
});
