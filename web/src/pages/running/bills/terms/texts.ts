import { pricesWords } from '../../../../messages/running/prices';
import type { Index } from '../../../../queries/priceLists';
import type { Wanted } from '../../../../words/dated';
import { dayLater, fullDay } from '../../../../words/dates';
import { asTyped } from '../../../../words/forms';
import { useLanguage } from '../../../../words/language';
import { euros, fraction, pricePerKwh } from '../../../../words/numbers';
import type { Discount, Fee } from '../../../../words/priceTerms';
import { usePriceNames, vatText } from '../priceNames';

/** What is charged or taken off beside prices, in words. */
export function useTermTexts(operation: string) {
  const language = useLanguage();
  const words = pricesWords[language];
  const names = usePriceNames(operation);
  const whom = (term: Pick<Fee, 'consumer' | 'group'> & Pick<Discount, 'producer'>) =>
    names.short({ ...term, hour_class: null });
  return {
    fee: (fee: Wanted<Fee>) =>
      [
        words.fee(fee.name, euros(Number(fee.eur_per_month) * 100, language)),
        whom(fee),
        fee.vat_rate && vatText(fee, language),
        fee.index && words.index(fee.index),
        untilText(fee.valid_to),
      ]
        .filter((part) => !!part)
        .join(' · '),
    discount: (discount: Wanted<Discount>) => {
      const { name, percent, eur_per_kwh } = discount;
      const off = percent
        ? fraction(`${percent}/100`, language)
        : words.perKwhOff(pricePerKwh(Number(eur_per_kwh), language));
      return [words.discount(name, off), whom(discount), untilText(discount.valid_to)]
        .filter((part) => !!part)
        .join(' · ');
    },
    index: ({ name, coefficients }: Index) =>
      words.indexOf(
        name,
        coefficients
          .map(({ valid_from, coefficient }) =>
            words.coefficient(fullDay(valid_from, language), asTyped(coefficient, language)),
          )
          .join('\u00a0; ') || words.asWritten,
      ),
  };

  function untilText(valid_to: string | null | undefined): string | undefined {
    return valid_to ? words.until(fullDay(dayLater(valid_to, -1), language)) : undefined;
  }
}
