import { pricesWords } from '../../../messages/running/prices';
import type { Group } from '../../../queries/priceLists';
import type { Dated } from '../../../words/dated';
import { dayAt, dayLater, fullDay } from '../../../words/dates';
import { type Language, useLanguage } from '../../../words/language';
import { fraction } from '../../../words/numbers';
import type { Names } from '../../../words/pointNames';
import type { PriceKey, Vat } from '../../../words/priceLists';
import { useNames } from '../names';

/** `TVA 20 %`; of none, the reason that an invoice states. */
export function vatText({ vat_rate, vat_mention }: Vat, language: Language): string {
  const words = pricesWords[language];
  if (Number(vat_rate) > 0) return words.ofVat(fraction(vat_rate, language));
  return vat_mention ? `${words.noVat} (${vat_mention})` : words.noVat;
}

/** Who is in a group. */
export function groupText(
  { social, members, consumers }: Group,
  names: Names,
  language: Language,
): string {
  const words = pricesWords[language];
  const all = [...members.map(names.ofMember), ...consumers.map(names.ofPoint)];
  const text = all.join(', ') || words.nobody;
  return social ? `${text} (${words.social})` : text;
}

/** `du 1er juin 2026 au 15 juin 2026`, or since when. */
export function daysOf({ valid_from, valid_to }: Dated, language: Language): string {
  const words = pricesWords[language];
  const first = fullDay(valid_from, language);
  if (valid_to) return words.between(first, fullDay(dayLater(valid_to, -1), language));
  return valid_from <= dayAt(new Date()) ? words.since(first) : words.from(first);
}

/** Both null: everybody. */
export type Buyer = Pick<PriceKey, 'consumer' | 'group'>;

interface PriceNames {
  whom: (buyer: Buyer) => string;
  /** The hours and the plant; empty: all of them. */
  when: (key: PriceKey) => string;
  /** All of it that is not everybody, all hours or all plants; or that it is everybody. */
  short: (key: PriceKey) => string;
}

/** What prices are for, in words. */
export function usePriceNames(operation: string): PriceNames {
  const words = pricesWords[useLanguage()];
  const names = useNames(operation);
  const whom = ({ consumer, group }: Buyer) => {
    if (consumer) return names.ofPoint(consumer);
    return group ? words.group(group) : words.everybody;
  };
  const when = ({ hour_class, producer }: PriceKey) =>
    [hour_class, producer && words.plantOf(names.ofPoint(producer))]
      .filter((part) => !!part)
      .join(' · ');
  return {
    whom,
    when,
    short: (key) => [whom(key), when(key)].filter((part) => !!part).join(' · '),
  };
}
