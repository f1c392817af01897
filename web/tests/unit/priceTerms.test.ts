import { expect, test } from 'vitest';
import type { DiscountEntry, FeeEntry, PriceList } from '../../src/queries/priceLists';
import { edited, isInForce, withEnded, withNoted } from '../../src/words/dated';
import { pricesOn, STANDARD_VAT, withPrices } from '../../src/words/priceLists';
import {
  DISCOUNTS,
  FEES,
  type Fee,
  feeIn,
  offIn,
  termChanges,
  withCoefficient,
  withoutCoefficient,
  withTerms,
} from '../../src/words/priceTerms';

const DAY = '2027-01-01';
const PLANT = '99770000000010';
const POINT = '99770000000101';

const FEE: FeeEntry = {
  name: 'Abonnement',
  producer: PLANT,
  consumer: null,
  group: null,
  eur_per_month: '2.5',
  vat_rate: '0.2',
  vat_mention: null,
  index: 'L',
  valid_from: '2026-01-01',
  valid_to: null,
};

const DISCOUNT: DiscountEntry = {
  name: 'Bienvenue',
  producer: PLANT,
  consumer: POINT,
  group: null,
  percent: '10',
  eur_per_kwh: null,
  valid_from: '2026-12-15',
  valid_to: '2027-03-01',
};

/** All that a list can hold, in each field. */
const FULL: PriceList = {
  entries: [
    {
      producer: null,
      consumer: null,
      group: null,
      hour_class: null,
      index: 'L',
      price_eur_per_kwh: '0.123457',
      vat_rate: '0.055',
      vat_mention: null,
      valid_from: '2026-01-01',
      valid_to: null,
    },
    {
      producer: PLANT,
      consumer: POINT,
      group: null,
      hour_class: 'Pointe',
      index: null,
      price_eur_per_kwh: '0.1',
      vat_rate: '0',
      vat_mention: 'Autoliquidation',
      valid_from: '2026-01-01',
      valid_to: '2026-06-01',
    },
    {
      producer: null,
      consumer: null,
      group: 'Communes',
      hour_class: 'Pointe',
      index: null,
      price_eur_per_kwh: '0.08',
      vat_rate: '0.2',
      vat_mention: null,
      valid_from: '2027-06-01',
      valid_to: null,
    },
  ],
  groups: [{ name: 'Communes', social: true, consumers: [POINT], members: ['a-member'] }],
  hour_classes: [
    {
      name: 'Pointe',
      windows: [{ months: [1], days: ['working_day'], hours: [['08:00', '12:00']] }],
      tariff_classes: [],
    },
  ],
  indexes: [{ name: 'L', coefficients: [{ valid_from: '2026-02-01', coefficient: '1.0213' }] }],
  fees: [FEE, { ...FEE, consumer: POINT, valid_to: '2026-06-01' }],
  discounts: [
    DISCOUNT,
    { ...DISCOUNT, consumer: null, group: 'Communes', percent: null, eur_per_kwh: '0.02' },
    { ...DISCOUNT, valid_from: '2027-06-01', valid_to: null },
  ],
  unknown_hours: 'price_without_class',
};

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(fields)) form.set(name, text);
  return form;
}

/** As the form begins: with what holds on its day. */
function untouched() {
  return {
    prices: pricesOn(FULL, DAY).map(({ valid_from: _, valid_to: __, ...price }) => price),
    terms: {
      fees: FULL.fees.filter((fee) => isInForce(fee, DAY)),
      discounts: FULL.discounts.filter((discount) => isInForce(discount, DAY)),
    },
  };
}

test('each field of a list goes through the form as it is', () => {
  const { prices, terms } = untouched();
  const body = withTerms(withPrices(FULL, prices, DAY, FULL), terms, DAY);
  expect(body).toEqual(FULL);
  expect(termChanges(FULL, terms, DAY)).toEqual({ fees: [], discounts: [] });
});

test('a change of one thing leaves all others as they are', () => {
  const { prices, terms } = untouched();
  const [price] = prices;
  const dearer = price ? [{ ...price, price_eur_per_kwh: '0.2' }] : [];
  const body = withTerms(withPrices(FULL, dearer, DAY, FULL), terms, DAY);
  expect({ ...body, entries: [] }).toEqual({ ...FULL, entries: [] });
  expect(body.entries).toEqual([
    { ...FULL.entries[0], valid_to: DAY },
    ...FULL.entries.slice(1),
    { ...price, price_eur_per_kwh: '0.2', valid_from: DAY, valid_to: null },
  ]);
});

test('another amount of a fee begins on the day, and the summary has both', () => {
  const { terms } = untouched();
  const dearer = { ...FEE, eur_per_month: '3' };
  const fees = edited(
    FEES,
    terms.fees,
    withNoted(FEES, { noted: [], ended: [] }, dearer, terms.fees[0]),
  );
  const body = withTerms(FULL as never, { ...terms, fees }, DAY);
  expect(body.fees).toEqual([
    { ...FEE, valid_to: DAY },
    FULL.fees[1],
    { ...dearer, valid_from: DAY, valid_to: null },
  ]);
  expect(termChanges(FULL, { ...terms, fees }, DAY).fees).toEqual([
    { key: dearer, before: FEE, after: dearer },
  ]);
});

test('a fee that is given to others ends for whom it was', () => {
  const ofGroup: Fee = { ...FEE, group: 'Communes' };
  const edits = withNoted<Fee>(FEES, { noted: [], ended: [] }, ofGroup, FEE);
  expect(edited<Fee>(FEES, [FEE], edits)).toEqual([ofGroup]);
  // Noted again as it was, it has ended for nobody.
  expect(edited<Fee>(FEES, [FEE], withNoted<Fee>(FEES, edits, FEE, ofGroup))).toEqual([FEE]);
});

test('a fee that ends ahead keeps its end, whatever it is called and whoever pays it', () => {
  const ending = { ...FEE, valid_to: '2027-03-01', vat_rate: '0.1' };
  const { producer, index } = FEE;
  const chosen = { producer, index, consumer: POINT, group: null };
  const form = formOf({ name: 'Gestion', eur_per_month: '2,5' });
  const given = feeIn(form, chosen, ending, STANDARD_VAT);
  const fees = edited<Fee>(
    FEES,
    [ending],
    withNoted<Fee>(FEES, { noted: [], ended: [] }, given, ending),
  );
  const list = { ...FULL, fees: [ending] };
  expect(withTerms(list as never, { fees, discounts: [] }, DAY).fees).toEqual([
    { ...ending, valid_to: DAY },
    { ...ending, name: 'Gestion', consumer: POINT, valid_from: DAY },
  ]);
  // A new one has no end, and the VAT of what is new.
  const made = feeIn(form, chosen, undefined, STANDARD_VAT);
  expect(made).not.toHaveProperty('valid_to');
  expect(made.vat_rate).toBe('0.2');
});

test('what is ended is over on the day, and what was noted only is gone', () => {
  const { terms } = untouched();
  const none = { noted: [], ended: [] };
  const fees = edited(FEES, terms.fees, withEnded(FEES, none, FEE));
  expect(withTerms(FULL as never, { ...terms, fees }, DAY).fees[0]).toEqual({
    ...FEE,
    valid_to: DAY,
  });
  expect(termChanges(FULL, { ...terms, fees }, DAY).fees).toMatchObject([{ after: null }]);
  const noted = { ...FEE, name: 'Gestion' };
  const edits = withEnded(FEES, withNoted(FEES, none, noted, undefined), noted);
  expect(edited<Fee>(FEES, [FEE], edits)).toEqual([FEE]);
});

test('a discount can end on another day, and has no second one beside it', () => {
  const longer = { ...DISCOUNT, valid_to: null };
  const terms = { fees: [], discounts: [longer] };
  const list = { ...FULL, discounts: [DISCOUNT] };
  expect(withTerms(list as never, terms, DAY).discounts).toEqual([longer]);
  expect(termChanges(list, terms, DAY).discounts).toHaveLength(1);
  // Whatever it is called: a buyer has one discount of a plant at a time.
  expect(DISCOUNTS.keyOf({ ...DISCOUNT, name: 'Geste' })).toBe(DISCOUNTS.keyOf(DISCOUNT));
});

test('a discount without a last day ends where a later one begins, and the summary says so', () => {
  const later = { ...DISCOUNT, valid_from: '2027-06-01', valid_to: null };
  const list = { ...FULL, discounts: [DISCOUNT, later] };
  const longer = { fees: [], discounts: [{ ...DISCOUNT, valid_to: null }] };
  const ended = { ...DISCOUNT, valid_to: '2027-06-01' };
  expect(withTerms(list as never, longer, DAY).discounts).toEqual([ended, later]);
  expect(termChanges(list, longer, DAY).discounts).toMatchObject([{ after: ended }]);
  // Where they meet already, nothing changes.
  expect(termChanges({ ...FULL, discounts: [ended, later] }, longer, DAY).discounts).toEqual([]);

  const { valid_from: _, ...terms } = { ...DISCOUNT, percent: '20', valid_to: null };
  const another = { fees: [], discounts: [terms] };
  expect(withTerms(list as never, another, DAY).discounts).toEqual([
    { ...DISCOUNT, valid_to: DAY },
    later,
    { ...terms, valid_from: DAY, valid_to: '2027-06-01' },
  ]);
});

test('a discount is a percentage or an amount, and over the day after its last', () => {
  expect(
    offIn(formOf({ name: 'Geste', unit: 'eur_per_kwh', value: '0,02', last_day: '' })),
  ).toEqual({ name: 'Geste', percent: null, eur_per_kwh: '0.02', valid_to: null });
  expect(
    offIn(formOf({ name: 'Été', unit: 'percent', value: '10', last_day: '2026-08-31' })),
  ).toEqual({ name: 'Été', percent: '10', eur_per_kwh: null, valid_to: '2026-09-01' });
});

test('coefficients of an index are in the order of their days, one for each', () => {
  const later = { valid_from: '2027-02-01', coefficient: '1.04' };
  const [index] = withCoefficient(FULL.indexes, 'L', later);
  expect(index?.coefficients.map(({ coefficient }) => coefficient)).toEqual(['1.0213', '1.04']);
  const mended = withCoefficient(FULL.indexes, 'L', { ...later, valid_from: '2026-02-01' });
  expect(mended).toEqual([
    { name: 'L', coefficients: [{ valid_from: '2026-02-01', coefficient: '1.04' }] },
  ]);
  expect(withCoefficient([], 'L', later)).toEqual([{ name: 'L', coefficients: [later] }]);
  expect(withoutCoefficient(mended, 'L', '2026-02-01')).toEqual([{ name: 'L', coefficients: [] }]);
});
