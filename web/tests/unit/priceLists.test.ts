import { expect, test } from 'vitest';
import type { PriceEntry, PriceList } from '../../src/queries/priceLists';
import type { Profile } from '../../src/queries/sellers';
import {
  commonVatOf,
  definitionChanges,
  groupWith,
  hourClass,
  isNamed,
  NO_VAT,
  type Price,
  priceChanges,
  pricesOn,
  STANDARD_VAT,
  UNKNOWN_VAT,
  vatChoiceOf,
  vatOf,
  withNamed,
  withPrices,
  withVat,
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

test('a price keeps its own VAT until somebody chooses another', () => {
  const reduced = { ...ANY, vat_rate: '0.055' };
  expect(vatChoiceOf([ANY, { ...ANY, vat_rate: '0.2000' }])).toBe('standard');
  expect(vatChoiceOf([{ ...ANY, ...NO_VAT }])).toBe('none');
  expect(vatChoiceOf([reduced])).toBe('each');
  expect(vatChoiceOf([ANY, { ...ANY, ...NO_VAT }])).toBe('each');
  expect(vatChoiceOf([{ ...ANY, vat_rate: '0', vat_mention: 'Autoliquidation' }])).toBe('each');

  // What nobody has said is chosen, for all that has no VAT yet.
  const unsaid = { ...ANY, ...UNKNOWN_VAT };
  expect(vatChoiceOf([ANY, unsaid])).toBe('');
  expect(withVat(unsaid, null)).toEqual(unsaid);
  expect(withVat(unsaid, 'none')).toMatchObject(NO_VAT);
  expect(commonVatOf([ANY, { ...ANY, vat_rate: '0.20' }])).toEqual(STANDARD_VAT);
  expect(commonVatOf([ANY, reduced])).toEqual(UNKNOWN_VAT);
  expect(commonVatOf([])).toEqual(UNKNOWN_VAT);

  expect(withVat(reduced, null)).toEqual(reduced);
  expect(withVat(reduced, 'each')).toEqual(reduced);
  expect(withVat(reduced, 'standard')).toEqual(ANY);
  expect(withVat(reduced, 'none')).toMatchObject(NO_VAT);
});

test('another reason for no VAT is another price: an invoice states it', () => {
  const list = listOf(entry({ vat_rate: '0', vat_mention: 'Autoliquidation' }));
  const prices = [{ ...ANY, ...NO_VAT }];
  expect(priceChanges(list, prices, '2027-01-01')).toHaveLength(1);
  expect(withPrices(list, prices, '2027-01-01', list).entries.at(-1)).toMatchObject(NO_VAT);
});

test('a group that is changed keeps the points that it names, and is told of', () => {
  const communes = { name: 'Communes', social: false, members: ['a'], consumers: ['point'] };
  const sun = hourClass('Soleil', ['11:00', '17:00'], 'all', 'all');
  const wider = groupWith(communes, { name: 'Communes', social: false, members: ['a', 'b'] });
  expect(wider).toEqual({ ...communes, members: ['a', 'b'] });

  const list = { ...listOf(), groups: [communes] };
  expect(definitionChanges(list, list)).toEqual({
    groups: [],
    hour_classes: [],
    indexes: [],
    unknown_hours: null,
  });
  const same = groupWith(communes, { name: 'Communes', social: false, members: ['a'] });
  expect(definitionChanges(list, { ...list, groups: [same] }).groups).toEqual([]);
  const another = {
    groups: [wider],
    hour_classes: [sun],
    indexes: [{ name: 'L', coefficients: [] }],
    unknown_hours: 'price_without_class',
  };
  expect(definitionChanges(list, { ...list, ...another } as typeof list)).toEqual(another);
});

test('a new group begins without points, and takes no name that there is', () => {
  const changes = { name: 'Solidaires', social: true, members: [] };
  expect(groupWith(undefined, changes)).toEqual({ ...changes, consumers: [] });
  expect(isNamed([{ name: 'Solidaires' }], ' Solidaires ')).toBe(true);
  expect(isNamed([{ name: 'Solidaires' }], 'Solidaire')).toBe(false);
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
  expect(vatOf([standard, franchise])).toEqual(UNKNOWN_VAT);
  expect(vatOf([undefined])).toEqual(UNKNOWN_VAT);
  expect(vatOf([])).toEqual(UNKNOWN_VAT);
});

test('hours are named by their window, and a second of that name takes the place of the first', () => {
  const sun = hourClass('Soleil', ['11:00', '17:00'], 'weekend', 'summer');
  expect(sun.windows).toEqual([
    { months: [4, 5, 6, 7, 8, 9, 10], days: ['sat', 'sun'], hours: [['11:00', '17:00']] },
  ]);
  const all = hourClass('Soleil', ['10:00', '18:00'], 'all', 'all');
  expect(withNamed([sun], all)).toEqual([all]);
});
