import { priceWords } from '../../messages/price';
import { type Buyer, eurosInclVat, isForBuyer, type PriceList } from '../../prices/priceList';
import { fullDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros, pricePerKwh } from '../../words/numbers';

interface DatedProps {
  list: PriceList;
  buyer: Buyer;
  day: string;
}

/** What is paid by the month, whatever one uses. */
export function Fees({ list, buyer, day }: DatedProps) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const fees = list.fees.filter(
    (fee) =>
      isForBuyer(list, buyer, fee) &&
      fee.valid_from <= day &&
      (!fee.valid_to || day < fee.valid_to),
  );
  if (fees.length === 0) return null;
  return (
    <>
      <h3>{words.fees}</h3>
      <ul>
        {fees.map((fee) => (
          <li key={`${fee.name} ${fee.producer} ${fee.consumer} ${fee.group}`}>
            {words.fee(fee.name, euros(Number(fee.eur_per_month) * 100, language))}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Prices that are set for days to come. */
export function Next({ list, buyer, day }: DatedProps) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const next = list.entries
    .filter((entry) => entry.valid_from > day && isForBuyer(list, buyer, entry))
    .sort((a, b) => a.valid_from.localeCompare(b.valid_from));
  if (next.length === 0) return null;
  return (
    <>
      <h3>{words.next}</h3>
      <ul>
        {next.map((price) => {
          const sale = { buyer, producer: price.producer, day: price.valid_from };
          return (
            <li key={`${price.valid_from} ${price.producer} ${price.group} ${price.hour_class}`}>
              {[
                price.hour_class ?? words.allHours,
                `${pricePerKwh(eurosInclVat(list, sale, price), language)} ${words.perKwh}`,
                price.group && words.forGroup(price.group),
                words.from(fullDay(price.valid_from, language)),
              ]
                .filter((part) => !!part)
                .join(' · ')}
            </li>
          );
        })}
      </ul>
    </>
  );
}
