import { expect, test } from 'vitest';
import type { PriceEntry, PriceList } from '../../src/queries/priceLists';
import type { Profile } from '../../src/queries/sellers';
import {
  hourClass,
  NO_VAT,
  type Price,
  priceChanges,
  pricesOn,
  STANDARD_VAT,
  vatOf,
  withNamed,
  withPrices,
} from '../../src/words/priceLists';

const ANY: Price = {
  producer: null,
  consumer: null,
  group: null,
  hour_class: null,
  index: null,
  price_eur_per_kwh: '0.125',
  ...STANDARD_VAT,
};

function entry(changes: Partial<PriceEntry> = {}): PriceEntry {
  return { ...ANY, valid_from: '2026-01-01', valid_to: null, ...changes };
}

function listOf(...entries: PriceEntry[]): PriceList {
  return {
    entries,
    groups: [],
    hour_classes: [],
    indexes: [],
    fees: [],
    discounts: [],
    unknown_hours: 'refuse',
  };
}

const daysAndPrices = (entries: readonly PriceEntry[]) =>
  entries.map((one) => [one.valid_from, one.valid_to, one.price_eur_per_kwh]);

test('another price ends the one before on its first day', () => {
  const list = listOf(entry());
  const { entries } = withPrices(list, [{ ...ANY, price_eur_per_kwh: '0.10' }], '2027-01-01', list);
  expect(daysAndPrices(entries)).toEqual([
    ['2026-01-01', '2027-01-01', '0.125'],
    ['2027-01-01', null, '0.10'],
  ]);
});

test('a price that stays is left as it is, however it is written', () => {
  const list = listOf(entry());
  const same = [{ ...ANY, price_eur_per_kwh: '0.1250', vat_rate: '0.20' }];
  expect(withPrices(list, same, '2027-01-01', list).entries).toEqual(list.entries);
  expect(priceChanges(list, same, '2027-01-01')).toEqual([]);
});

test('a price that begins on that day is replaced, and one that begins later stays', () => {
  const list = listOf(
    entry({ valid_to: '2027-07-01' }),
    entry({ valid_from: '2027-07-01', price_eur_per_kwh: '0.2' }),
  );
  const other = [{ ...ANY, price_eur_per_kwh: '0.10' }];
  expect(daysAndPrices(withPrices(list, other, '2026-01-01', list).entries)).toEqual([
    ['2027-07-01', null, '0.2'],
    ['2026-01-01', '2027-07-01', '0.10'],
  ]);
});

test('a price for others begins beside, until the day on which theirs is set already', () => {
  const ofGroup = { group: 'Communes', valid_from: '2027-03-01' };
  const list = listOf(entry(), entry(ofGroup));
  const prices = [ANY, { ...ANY, group: 'Communes', price_eur_per_kwh: '0.08' }];
  const { entries } = withPrices(list, prices, '2027-01-01', list);
  expect(entries.at(-1)).toMatchObject({
    group: 'Communes',
    valid_from: '2027-01-01',
    valid_to: '2027-03-01',
  });
});

test('a price that is no longer wanted ends, and is told to', () => {
  const list = listOf(entry(), entry({ group: 'Communes' }));
  const { entries } = withPrices(list, [ANY], '2027-01-01', list);
  expect(entries.map(({ valid_to }) => valid_to)).toEqual([null, '2027-01-01']);
  const [ended] = priceChanges(list, [ANY], '2027-01-01');
  expect(ended).toMatchObject({ before: { group: 'Communes' }, after: null });
});

test('another VAT is another price', () => {
  const list = listOf(entry());
  expect(priceChanges(list, [{ ...ANY, ...NO_VAT }], '2027-01-01')).toHaveLength(1);
});

test('prices of a day begin with those for everybody', () => {
  const list = listOf(
    entry({ consumer: '99770000000101' }),
    entry({ group: 'Communes' }),
    entry(),
    entry({ hour_class: 'Soleil', valid_from: '2027-01-01' }),
  );
  expect(pricesOn(list, '2026-10-01').map(({ consumer, group }) => consumer ?? group)).toEqual([
    null,
    'Communes',
    '99770000000101',
  ]);
});

test('the VAT of prices is that of who sells, if all say the same', () => {
  const standard = { vat_regime: 'standard' } as Profile;
  const franchise = { vat_regime: 'franchise' } as Profile;
  expect(vatOf([standard, standard])).toEqual(STANDARD_VAT);
  expect(vatOf([franchise])).toEqual(NO_VAT);
  expect(vatOf([standard, franchise])).toBeUndefined();
  expect(vatOf([undefined])).toBeUndefined();
});

test('hours are named by their window, and a second of that name takes the place of the first', () => {
  const sun = hourClass('Soleil', ['11:00', '17:00'], 'weekend', 'summer');
  expect(sun.windows).toEqual([
    { months: [4, 5, 6, 7, 8, 9, 10], days: ['sat', 'sun'], hours: [['11:00', '17:00']] },
  ]);
  const all = hourClass('Soleil', ['10:00', '18:00'], 'all', 'all');
  expect(withNamed([sun], all)).toEqual([all]);
});
