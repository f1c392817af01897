import { expect, test } from 'vitest';
import { isHoliday } from '../../src/prices/holidays';
import {
  classAt,
  eurosExclVat,
  eurosInclVat,
  type Price,
  type PriceList,
  priceOf,
  pricesOfDay,
  producersOf,
} from '../../src/prices/priceList';
import { covers } from '../../src/prices/windows';
import { halfHour, windowsSentence } from '../../src/words/windows';

const DAY = '2026-10-12';
const BUYER = { prm: '99000000000001', memberId: 'anna', ownPlants: ['99000000000092'] };
const SALE = { buyer: BUYER, producer: '99000000000091', day: DAY };

function price(told: Partial<Price>): Price {
  return {
    producer: null,
    consumer: null,
    group: null,
    hour_class: null,
    price_eur_per_kwh: '0.13',
    vat_rate: '0.2',
    vat_mention: null,
    index: null,
    valid_from: '2026-01-01',
    valid_to: null,
    ...told,
  };
}

function list(told: Partial<PriceList>): PriceList {
  return {
    entries: [price({})],
    groups: [],
    hour_classes: [],
    indexes: [],
    fees: [],
    discounts: [],
    unknown_hours: 'refuse',
    ...told,
  };
}

test('public holidays move with Easter', () => {
  const year = Array.from({ length: 365 }, (_, day) =>
    new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
  );

  expect(year.filter(isHoliday).map((day) => day.slice(5))).toEqual(
    '01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25'.split(' '),
  );
});

test('a window goes over midnight, and is judged by its own day', () => {
  const nights = { months: [], days: ['working_day'], hours: [['22:00', '06:00']] };

  expect(covers(nights, '2026-10-12', 22 * 60)).toBe(true);
  expect(covers(nights, '2026-10-12', 5 * 60 + 30)).toBe(true);
  expect(covers(nights, '2026-10-12', 6 * 60)).toBe(false);
  expect(covers(nights, '2026-07-14', 23 * 60)).toBe(false);
  expect(covers(nights, '2026-10-10', 60)).toBe(false);
});

test('the most specific price counts: who buys, then who sells, then the hour', () => {
  const hours = [
    { name: 'Soleil', windows: [{ months: [], days: [], hours: [['11:00', '17:00']] }] },
  ];
  const entries = [
    price({}),
    price({ hour_class: 'Soleil', price_eur_per_kwh: '0.12' }),
    price({ producer: SALE.producer, price_eur_per_kwh: '0.11' }),
    price({ group: 'Communes', price_eur_per_kwh: '0.10' }),
    price({ group: 'Solidaires', price_eur_per_kwh: '0.05' }),
    price({ consumer: '99000000000002', price_eur_per_kwh: '0.01' }),
  ];
  const groups = [
    { name: 'Communes', social: false, consumers: [BUYER.prm], members: [] },
    { name: 'Solidaires', social: true, consumers: [], members: [BUYER.memberId] },
  ];
  const paid = (upTo: number) => {
    const prices = list({ entries: entries.slice(0, upTo), groups, hour_classes: hours });
    return priceOf(prices, SALE, classAt(prices, DAY, 12 * 60))?.price_eur_per_kwh;
  };

  expect([1, 2, 3, 4, 5, 6].map(paid)).toEqual(['0.13', '0.12', '0.11', '0.10', '0.05', '0.05']);
});

test('a price holds on its days', () => {
  const entries = [
    price({ valid_to: '2026-10-12' }),
    price({ valid_from: '2026-10-12', price_eur_per_kwh: '0.14' }),
  ];
  const prices = list({ entries });
  const before = { ...SALE, day: '2026-10-11' };

  expect(priceOf(prices, SALE, null)?.price_eur_per_kwh).toBe('0.14');
  expect(priceOf(prices, before, null)?.price_eur_per_kwh).toBe('0.13');
  expect(priceOf(prices, { ...SALE, day: '2025-12-31' }, null)).toBeUndefined();
});

test('an index multiplies, a discount is taken off, VAT comes last', () => {
  const indexed = price({ price_eur_per_kwh: '0.123457', index: 'L' });
  const indexes = [
    { name: 'L', coefficients: [{ valid_from: '2026-02-01', coefficient: '1.0213' }] },
  ];
  const discount = {
    name: 'Bienvenue',
    producer: null,
    consumer: null,
    group: null,
    percent: '10',
    eur_per_kwh: null,
    valid_from: '2026-06-01',
    valid_to: null,
  };
  const prices = list({ entries: [indexed], indexes });

  expect(eurosExclVat(prices, SALE, indexed)).toBe(0.126087);
  expect(eurosExclVat(list({ indexes, discounts: [discount] }), SALE, indexed)).toBe(0.113478);
  expect(eurosInclVat(prices, SALE, indexed)).toBeCloseTo(0.1513044, 7);
});

test('a day has a price for each half-hour, or none', () => {
  const classes = [
    { name: 'Nuit', windows: [{ months: [], days: [], hours: [['22:00', '06:00']] }] },
  ];
  const prices = list({
    entries: [price({ hour_class: 'Nuit', vat_rate: '0' })],
    hour_classes: classes,
  });
  const ofDay = pricesOfDay(prices, SALE);

  expect([ofDay[0], ofDay[11], ofDay[12], ofDay[43], ofDay[44]]).toEqual([
    0.13,
    0.13,
    null,
    null,
    0.13,
  ]);
});

test('nobody buys of their own plants, and of all others there may be no price', () => {
  const named = ['99000000000091', '99000000000092'].map((producer) => price({ producer }));

  expect(producersOf(list({ entries: named }), BUYER)).toEqual(['99000000000091']);
  expect(producersOf(list({ entries: [...named, price({})] }), BUYER)).toEqual([
    '99000000000091',
    null,
  ]);
});

test('windows are told in words', () => {
  const winter = [11, 12, 1, 2, 3];

  expect(windowsSentence([{ months: [], days: [], hours: [['11:00', '17:30']] }], 'fr')).toBe(
    'de 11 h à 17 h 30, tous les jours',
  );
  expect(windowsSentence([{ months: winter, days: ['working_day'], hours: [] }], 'fr')).toBe(
    'à toute heure, les jours ouvrés, de novembre à mars',
  );
  expect(halfHour(23)).toBe('11:30');
});
