import type { Group, HourClass, PriceEntry, PriceList, PriceListIn } from '../queries/priceLists';
import type { Profile } from '../queries/sellers';

/** What a price is for; of two prices for the same, one is in force at a time. */
export type PriceKey = Pick<PriceEntry, 'producer' | 'consumer' | 'group' | 'hour_class'>;
/** A price without its days. */
export type Price = Omit<PriceEntry, 'valid_from' | 'valid_to'>;
export type Vat = Pick<PriceEntry, 'vat_rate' | 'vat_mention'>;

export const STANDARD_VAT: Vat = { vat_rate: '0.2', vat_mention: null };
export const NO_VAT: Vat = {
  vat_rate: '0',
  vat_mention: 'TVA non applicable, art. 293 B du CGI',
};

/** All producers, everybody, each hour, as it is written. */
export const FOR_ALL = {
  producer: null,
  consumer: null,
  group: null,
  hour_class: null,
  index: null,
};

/** A price that somebody has changed, made or ended. null: there is none. */
export interface PriceChange {
  key: PriceKey;
  before: Price | null;
  after: Price | null;
}

/** What is defined beside the prices. */
export type Defined = Pick<PriceList, 'groups' | 'hour_classes' | 'unknown_hours'>;

export function keyOf({ producer, consumer, group, hour_class }: PriceKey): string {
  return JSON.stringify([producer, consumer, group, hour_class]);
}

export function isInForce(
  { valid_from, valid_to }: Pick<PriceEntry, 'valid_from' | 'valid_to'>,
  day: string,
): boolean {
  return valid_from <= day && (valid_to === null || day < valid_to);
}

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
  const wanted = new Map(prices.map((price) => [keyOf(price), price]));
  const inForce = new Map(pricesOn(list, day).map((entry) => [keyOf(entry), entry]));
  const entries = list.entries.flatMap((entry) => {
    if (!isInForce(entry, day)) return [entry];
    const price = wanted.get(keyOf(entry));
    if (price && isSame(price, entry)) return [entry];
    return entry.valid_from < day ? [{ ...entry, valid_to: day }] : [];
  });
  const made = prices
    .filter((price) => {
      const former = inForce.get(keyOf(price));
      return !former || !isSame(price, former);
    })
    .map((price) => ({
      ...price,
      valid_from: day,
      valid_to: inForce.get(keyOf(price))?.valid_to ?? nextStart(list, price, day),
    }));
  return { ...list, ...defined, entries: [...entries, ...made] } as PriceListIn;
}

/** What is another price from a day on, or begins or ends on it. */
export function priceChanges(
  list: PriceList,
  prices: readonly Price[],
  day: string,
): PriceChange[] {
  const inForce = pricesOn(list, day);
  const before = new Map(inForce.map((entry) => [keyOf(entry), entry]));
  const after = new Map(prices.map((price) => [keyOf(price), price]));
  const changed = prices.flatMap((price) => {
    const former = before.get(keyOf(price));
    return former && isSame(price, former)
      ? []
      : [{ key: price, before: former ?? null, after: price }];
  });
  const ended = inForce.filter((entry) => !after.has(keyOf(entry)));
  return [...changed, ...ended.map((entry) => ({ key: entry, before: entry, after: null }))];
}

/** What of all that is defined is new or another; null: unknown hours are dealt with as before. */
export interface DefinitionChanges {
  groups: Group[];
  hour_classes: HourClass[];
  unknown_hours: Defined['unknown_hours'] | null;
}

export function definitionChanges(before: Defined, after: Defined): DefinitionChanges {
  const { groups, hour_classes, unknown_hours } = after;
  return {
    groups: changedOf(before.groups, groups),
    hour_classes: changedOf(before.hour_classes, hour_classes),
    unknown_hours: unknown_hours === before.unknown_hours ? null : unknown_hours,
  };
}

function changedOf<Named>(before: readonly Named[], after: readonly Named[]): Named[] {
  const former = new Set(before.map((one) => JSON.stringify(one)));
  return after.filter((one) => !former.has(JSON.stringify(one)));
}

/** The VAT that prices have; each: not all the same, or neither of the two that sellers charge. */
export type VatChoice = 'standard' | 'none' | 'each';

const VATS: Record<VatChoice, Vat | undefined> = {
  standard: STANDARD_VAT,
  none: NO_VAT,
  each: undefined,
};

export function vatChoiceOf(prices: readonly Vat[]): VatChoice {
  if (prices.every((price) => isSameVat(price, STANDARD_VAT))) return 'standard';
  return prices.every((price) => isSameVat(price, NO_VAT)) ? 'none' : 'each';
}

/** With the VAT that somebody chose; its own, if nobody did. */
export function withVat(price: Price, choice: VatChoice | null): Price {
  return { ...price, ...(choice && VATS[choice]) };
}

export function isSameVat(one: Vat, other: Vat): boolean {
  return Number(one.vat_rate) === Number(other.vat_rate) && one.vat_mention === other.vat_mention;
}

/** The VAT that sellers charge; undefined: nobody has said, or not all do the same. */
export function vatOf(profiles: readonly (Profile | undefined)[]): Vat | undefined {
  const regimes = new Set(profiles.map((profile) => profile?.vat_regime));
  if (regimes.size !== 1) return undefined;
  const [regime] = regimes;
  if (regime === 'standard') return STANDARD_VAT;
  return regime === 'franchise' ? NO_VAT : undefined;
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
  return { name, windows: [window] };
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

function isSame(one: Price, other: Price): boolean {
  return (
    Number(one.price_eur_per_kwh) === Number(other.price_eur_per_kwh) &&
    isSameVat(one, other) &&
    one.index === other.index
  );
}

/** The day on which a price for the same begins that is set already. */
function nextStart(list: PriceList, price: PriceKey, day: string): string | null {
  const later = list.entries
    .filter((entry) => keyOf(entry) === keyOf(price) && entry.valid_from > day)
    .map(({ valid_from }) => valid_from);
  return later.sort()[0] ?? null;
}
