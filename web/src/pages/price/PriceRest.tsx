import { priceWords } from '../../messages/price';
import type { DayPrices } from '../../queries/prices';
import { fullDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros, pricePerKwh } from '../../words/numbers';

/** What is paid by the month, whatever one uses. */
export function Fees({ fees }: { fees: DayPrices['fees'] }) {
  const words = useWords(priceWords);
  const language = useLanguage();
  if (fees.length === 0) return null;
  return (
    <>
      <h3>{words.fees}</h3>
      <ul>
        {fees.map(({ name, producer, eur_per_month }) => (
          <li key={`${name} ${producer}`}>
            {words.fee(name, euros(Number(eur_per_month) * 100, language))}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Prices that are set for days to come. */
export function Next({ coming }: { coming: DayPrices['coming'] }) {
  const words = useWords(priceWords);
  const language = useLanguage();
  if (coming.length === 0) return null;
  return (
    <>
      <h3>{words.next}</h3>
      <ul>
        {coming.map(({ producer, price }) => (
          <li key={`${price.valid_from} ${producer} ${price.group} ${price.hour_class}`}>
            {[
              price.hour_class ?? words.allHours,
              `${pricePerKwh(Number(price.incl_vat_eur_per_kwh), language)} ${words.perKwh}`,
              price.group && words.forGroup(price.group),
              words.from(fullDay(price.valid_from, language)),
            ]
              .filter((part) => !!part)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </>
  );
}
