import type { DiscountEntry, FeeEntry, Index, PriceList, PriceListIn } from '../queries/priceLists';
import { changesFrom, type Dated, fromDay, type Kind, type Wanted } from './dated';
import { dayLater } from './dates';
import { decimalOf, textIn } from './forms';
import { isSameVat, type Vat } from './priceLists';

/** Without their days. */
export type Fee = Omit<FeeEntry, keyof Dated>;
export type Discount = Omit<DiscountEntry, keyof Dated>;

/** Of one name, a buyer pays a plant one fee. */
export const FEES: Kind<Fee> = {
  keyOf: ({ name, producer, consumer, group }) => JSON.stringify([name, producer, consumer, group]),
  isSame: (one, other) =>
    Number(one.eur_per_month) === Number(other.eur_per_month) &&
    isSameVat(one, other) &&
    one.index === other.index,
};

/** A buyer has one discount of a plant, whatever it is called. */
export const DISCOUNTS: Kind<Discount> = {
  keyOf: ({ producer, consumer, group }) => JSON.stringify([producer, consumer, group]),
  isSame: (one, other) =>
    one.name === other.name &&
    isSameNumber(one.percent, other.percent) &&
    isSameNumber(one.eur_per_kwh, other.eur_per_kwh),
};

function isSameNumber(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : Number(one) === Number(other);
}

/** What is charged or taken off beside the prices, from a day on. */
export interface Terms {
  fees: readonly Wanted<Fee>[];
  discounts: readonly Wanted<Discount>[];
}

/** A list by which these terms hold from a day on; what was before, or begins later, stays. */
export function withTerms(list: PriceListIn, { fees, discounts }: Terms, day: string) {
  return {
    ...list,
    fees: fromDay(FEES, list.fees, fees, day),
    discounts: fromDay(DISCOUNTS, list.discounts, discounts, day),
  };
}

export function termChanges(list: PriceList, { fees, discounts }: Terms, day: string) {
  return {
    fees: changesFrom(FEES, list.fees, fees, day),
    discounts: changesFrom(DISCOUNTS, list.discounts, discounts, day),
  };
}

/** With a coefficient of this index from its day on: in the place of that of the day, if there is one. */
export function withCoefficient(
  indexes: readonly Index[],
  name: string,
  coefficient: Index['coefficients'][number],
): Index[] {
  const former = indexes.find((one) => one.name === name);
  const others = former?.coefficients.filter(
    ({ valid_from }) => valid_from !== coefficient.valid_from,
  );
  const coefficients = [...(others ?? []), coefficient].sort((one, other) =>
    one.valid_from.localeCompare(other.valid_from),
  );
  const index = { name, coefficients };
  return former ? indexes.map((one) => (one.name === name ? index : one)) : [...indexes, index];
}

export function withoutCoefficient(indexes: readonly Index[], name: string, day: string): Index[] {
  return indexes.map((index) =>
    index.name === name
      ? { name, coefficients: index.coefficients.filter(({ valid_from }) => valid_from !== day) }
      : index,
  );
}

/** A fee as a form says; what that does not ask for is the former one's, its end too. */
export function feeIn(
  form: FormData,
  chosen: Pick<Fee, 'producer' | 'consumer' | 'group' | 'index'>,
  former: Wanted<Fee> | undefined,
  vatOfNew: Vat,
): Wanted<Fee> {
  const { vat_rate, vat_mention } = former ?? vatOfNew;
  return {
    name: textIn(form, 'name') ?? '',
    eur_per_month: decimalOf(textIn(form, 'eur_per_month') ?? ''),
    vat_rate,
    vat_mention,
    ...chosen,
    ...(former?.valid_to !== undefined && { valid_to: former.valid_to }),
  };
}

/** What a discount takes off, as a form says; and the day on which it is over. */
export function offIn(
  form: FormData,
): Pick<Discount, 'name' | 'percent' | 'eur_per_kwh'> & Pick<Dated, 'valid_to'> {
  const last = textIn(form, 'last_day');
  const value = decimalOf(textIn(form, 'value') ?? '');
  const isPercent = form.get('unit') === 'percent';
  return {
    name: textIn(form, 'name') ?? '',
    percent: isPercent ? value : null,
    eur_per_kwh: isPercent ? null : value,
    valid_to: last && dayLater(last, 1),
  };
}
