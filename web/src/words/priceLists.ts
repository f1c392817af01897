import type {
  Group,
  HourClass,
  Index,
  PriceEntry,
  PriceList,
  PriceListIn,
} from '../queries/priceLists';
import type { Profile } from '../queries/sellers';
import { type Change, changesFrom, type Dated, fromDay, isInForce, type Kind } from './dated';

/** What a price is for; of two prices for the same, one is in force at a time. */
export type PriceKey = Pick<PriceEntry, 'producer' | 'consumer' | 'group' | 'hour_class'>;
/** A price without its days. */
export type Price = Omit<PriceEntry, keyof Dated>;
export type Vat = Pick<PriceEntry, 'vat_rate' | 'vat_mention'>;

export const STANDARD_VAT: Vat = { vat_rate: '0.2', vat_mention: null };
export const NO_VAT: Vat = {
  vat_rate: '0',
  vat_mention: 'TVA non applicable, art. 293 B du CGI',
};

/** Nobody has said it: it has to be chosen. */
export const UNKNOWN_VAT: Vat = { vat_rate: '', vat_mention: null };

/** All producers, everybody, each hour, as it is written. */
export const FOR_ALL = {
  producer: null,
  consumer: null,
  group: null,
  hour_class: null,
  index: null,
};

/** What is defined beside the prices. */
export type Defined = Pick<PriceList, 'groups' | 'hour_classes' | 'indexes' | 'unknown_hours'>;

export function keyOf({ producer, consumer, group, hour_class }: PriceKey): string {
  return JSON.stringify([producer, consumer, group, hour_class]);
}

export const PRICES: Kind<Price> = {
  keyOf,
  isSame: (one, other) =>
    Number(one.price_eur_per_kwh) === Number(other.price_eur_per_kwh) &&
    isSameVat(one, other) &&
    one.index === other.index,
};

/** The prices of a day: those for everybody first, then those of hours, then of groups and points. */
export function pricesOn(list: Pick<PriceList, 'entries'>, day: string): PriceEntry[] {
  const rank = ({ producer, consumer, group, hour_class }: PriceEntry) =>
    (consumer ? 8 : 0) + (group ? 4 : 0) + (hour_class ? 2 : 0) + (producer ? 1 : 0);
  return list.entries
    .filter((entry) => isInForce(entry, day))
    .sort((one, other) => rank(one) - rank(other));
}

/** The list by which these prices hold from a day on; what was before, or begins later, stays. */
export function withPrices(
  list: PriceList,
  prices: readonly Price[],
  day: string,
  defined: Defined,
): PriceListIn {
  const { groups, hour_classes, indexes, unknown_hours } = defined;
  const entries = fromDay(PRICES, list.entries, prices, day);
  const body = { ...list, groups, hour_classes, indexes, unknown_hours, entries };
  // What the API shows of hours is what it takes.
  return body as PriceListIn;
}

export function priceChanges(
  list: PriceList,
  prices: readonly Price[],
  day: string,
): Change<Price>[] {
  return changesFrom(PRICES, list.entries, prices, day);
}

/** What of all that is defined is new or another; null: unknown hours are dealt with as before. */
export interface DefinitionChanges {
  groups: Group[];
  hour_classes: HourClass[];
  indexes: Index[];
  unknown_hours: Defined['unknown_hours'] | null;
}

export function definitionChanges(before: Defined, after: Defined): DefinitionChanges {
  const { groups, hour_classes, indexes, unknown_hours } = after;
  return {
    groups: changedOf(before.groups, groups),
    hour_classes: changedOf(before.hour_classes, hour_classes),
    indexes: changedOf(before.indexes, indexes),
    unknown_hours: unknown_hours === before.unknown_hours ? null : unknown_hours,
  };
}

function changedOf<Named>(before: readonly Named[], after: readonly Named[]): Named[] {
  const former = new Set(before.map((one) => JSON.stringify(one)));
  return after.filter((one) => !former.has(JSON.stringify(one)));
}

/**
 * The VAT that prices have; each: not all the same, or neither of the two that sellers charge;
 * empty: nobody has said.
 */
export type VatChoice = 'standard' | 'none' | 'each' | '';

const VATS: Record<VatChoice, Vat | undefined> = {
  standard: STANDARD_VAT,
  none: NO_VAT,
  each: undefined,
  '': undefined,
};

export function vatChoiceOf(prices: readonly Vat[]): VatChoice {
  if (prices.some(({ vat_rate }) => vat_rate === '')) return '';
  if (prices.every((price) => isSameVat(price, STANDARD_VAT))) return 'standard';
  return prices.every((price) => isSameVat(price, NO_VAT)) ? 'none' : 'each';
}

/** The VAT of all of them; unknown: they have none in common. */
export function commonVatOf([first = UNKNOWN_VAT, ...others]: readonly Vat[]): Vat {
  const { vat_rate, vat_mention } = first;
  return others.every((other) => isSameVat(other, first)) ? { vat_rate, vat_mention } : UNKNOWN_VAT;
}

/** With the VAT that somebody chose; its own, if nobody did. */
export function withVat<Charge extends Vat>(price: Charge, choice: VatChoice | null): Charge {
  return { ...price, ...(choice && VATS[choice]) };
}

export function isSameVat(one: Vat, other: Vat): boolean {
  return Number(one.vat_rate) === Number(other.vat_rate) && one.vat_mention === other.vat_mention;
}

/** The VAT that sellers charge; unknown: nobody has said, or not all do the same. */
export function vatOf(profiles: readonly (Profile | undefined)[]): Vat {
  const regimes = new Set(profiles.map((profile) => profile?.vat_regime));
  if (regimes.size !== 1) return UNKNOWN_VAT;
  const [regime] = regimes;
  if (regime === 'standard') return STANDARD_VAT;
  return regime === 'franchise' ? NO_VAT : UNKNOWN_VAT;
}

/** Days and months that most hours with a price of their own have. */
export const DAY_KINDS = { all: [], working: ['working_day'], weekend: ['sat', 'sun'] } as const;
export const SEASONS = {
  all: [],
  winter: [11, 12, 1, 2, 3],
  summer: [4, 5, 6, 7, 8, 9, 10],
} as const;
export type DayKind = keyof typeof DAY_KINDS;
export type Season = keyof typeof SEASONS;

export function hourClass(
  name: string,
  hours: readonly [string, string],
  days: DayKind,
  season: Season,
): HourClass {
  const window = {
    months: [...SEASONS[season]],
    days: [...DAY_KINDS[days]],
    hours: [[...hours]],
  };
  return { name, windows: [window], tariff_classes: [] };
}

/** With this one in the place of that of its name; at the end, if there is none. */
export function withNamed<Named extends Pick<Group | HourClass, 'name'>>(
  all: readonly Named[],
  one: Named,
): Named[] {
  return isNamed(all, one.name)
    ? all.map((other) => (other.name === one.name ? one : other))
    : [...all, one];
}

/** Whether there is one of this name, as it is written in a form. */
export function isNamed(all: readonly Pick<Group, 'name'>[], text: string): boolean {
  return all.some(({ name }) => name === text.trim());
}

/** A group with these members; points that it names itself stay in it. */
export function groupWith(
  former: Group | undefined,
  changes: Pick<Group, 'name' | 'social' | 'members'>,
): Group {
  return former ? { ...former, ...changes } : { ...changes, consumers: [] };
}
