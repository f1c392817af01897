import { pricesWords } from '../../../messages/running/prices';
import { useLanguage } from '../../../words/language';
import type { PriceKey } from '../../../words/priceLists';
import { useNames } from '../names';

interface PriceNames {
  whom: (key: PriceKey) => string;
  /** The hours and the plant; empty: all of them. */
  when: (key: PriceKey) => string;
  /** All of it that is not everybody, all hours or all plants; or that it is everybody. */
  short: (key: PriceKey) => string;
}

/** What prices are for, in words. */
export function usePriceNames(operation: string): PriceNames {
  const words = pricesWords[useLanguage()];
  const names = useNames(operation);
  const whom = ({ consumer, group }: PriceKey) => {
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
