import type { components } from '../api/schema/billing';
import { covers } from './windows';

export type PriceList = components['schemas']['PriceListOut'];
export type Price = components['schemas']['PriceOut'];

/** Who buys: a point, the member whose it is, and the plants that this member need not pay. */
export interface Buyer {
  prm: string;
  memberId: string;
  ownPlants: readonly string[];
}

/** Energy of a plant, null: of any that is not named, for who buys it, on a local day. */
export interface Sale {
  buyer: Buyer;
  producer: string | null;
  day: string;
}

interface Scope {
  consumer: string | null;
  group: string | null;
}

interface Scoped extends Scope {
  producer: string | null;
  valid_from: string;
  valid_to: string | null;
}

const MICRO = 1_000_000;
/** Half-hours of a day, for a price that may change with each. */
const HALF_HOURS = 48;

/** The plants that the list names for who buys, and null for all others, if these have a price. */
export function producersOf(list: PriceList, { ownPlants }: Buyer): (string | null)[] {
  const named = [...list.entries, ...list.discounts].map(({ producer }) => producer);
  const hasGeneral = list.entries.some(({ producer }) => producer === null);
  return [...new Set(named)].filter((producer) =>
    producer === null ? hasGeneral : !ownPlants.includes(producer),
  );
}

/** The most specific price in the hours of a class, null: of none; who buys counts first. */
export function priceOf(list: PriceList, sale: Sale, hourClass: string | null): Price | undefined {
  const entries = list.entries.filter(
    (entry) => entry.hour_class === null || entry.hour_class === hourClass,
  );
  return mostSpecific(list, sale, entries);
}

/** In which hours a time of a local day is; null: in none that has a name. */
export function classAt(list: PriceList, day: string, clockMin: number): string | null {
  const within = list.hour_classes.find(({ windows }) =>
    windows.some((window) => covers(window, day, clockMin)),
  );
  return within?.name ?? null;
}

/** What a kWh of a price costs in euros, VAT included, as its index and discount say. */
export function eurosInclVat(list: PriceList, sale: Sale, price: Price): number {
  return eurosExclVat(list, sale, price) * (1 + Number(price.vat_rate));
}

/** The same before VAT, which has six decimals at most. */
export function eurosExclVat(list: PriceList, sale: Sale, price: Price): number {
  const written = Number(price.price_eur_per_kwh) * MICRO;
  const indexed = Math.round(written * Number(coefficientOf(list, price.index, sale.day) ?? 1));
  const discount = discountOn(list, sale);
  if (!discount) return indexed / MICRO;
  if (discount.percent !== null) {
    return Math.round((indexed * (100 - Number(discount.percent))) / 100) / MICRO;
  }
  return Math.max(0, indexed - Math.round(Number(discount.eur_per_kwh) * MICRO)) / MICRO;
}

/** What a kWh costs in each half-hour of the day, VAT included; null where there is no price. */
export function pricesOfDay(list: PriceList, sale: Sale): (number | null)[] {
  return Array.from({ length: HALF_HOURS }, (_, step) => {
    const price = priceOf(list, sale, classAt(list, sale.day, step * 30));
    return price ? eurosInclVat(list, sale, price) : null;
  });
}

/** By what an index multiplies prices on a day, as written; null: by nothing yet. */
export function coefficientOf(list: PriceList, name: string | null, day: string): string | null {
  const index = list.indexes.find((one) => one.name === name);
  return index?.coefficients.findLast(({ valid_from }) => valid_from <= day)?.coefficient ?? null;
}

/** What is taken off the price of a kWh: the most specific discount, and only that. */
export function discountOn(list: PriceList, sale: Sale) {
  return mostSpecific(list, sale, list.discounts);
}

/** Whether a price or a fee is for who buys; of several the most specific counts. */
export function isForBuyer(list: PriceList, buyer: Buyer, entry: Scope): boolean {
  return rankOf(list, buyer, entry) !== null;
}

function mostSpecific<Entry extends Scoped & { hour_class?: string | null }>(
  list: PriceList,
  { buyer, producer, day }: Sale,
  entries: readonly Entry[],
): Entry | undefined {
  const ranked = entries.flatMap((entry) => {
    const who = rankOf(list, buyer, entry);
    const isThen = entry.valid_from <= day && (!entry.valid_to || day < entry.valid_to);
    const isOfPlant = entry.producer === null || entry.producer === producer;
    if (who === null || !isThen || !isOfPlant) return [];
    return [{ entry, rank: who * 4 + (entry.producer ? 0 : 2) + (entry.hour_class ? 0 : 1) }];
  });
  return ranked.sort((a, b) => a.rank - b.rank)[0]?.entry;
}

/** How near an entry is to who buys, the least is the nearest; null: it is for somebody else. */
function rankOf(list: PriceList, buyer: Buyer, { consumer, group }: Scope): number | null {
  if (consumer !== null) return consumer === buyer.prm ? 0 : null;
  if (group === null) return 5;
  const named = list.groups.find(({ name }) => name === group);
  if (!named) return null;
  const base = named.social ? 1 : 3;
  if (named.consumers.includes(buyer.prm)) return base;
  return named.members.includes(buyer.memberId) ? base + 1 : null;
}
