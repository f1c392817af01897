import { useQuery } from '@tanstack/react-query';
import { simulationWords } from '../../../messages/running/simulations';
import { Field } from '../../../parts/Field';
import { Loading } from '../../../parts/Loading';
import { dayPricesQuery } from '../../../queries/prices';
import { dayAt } from '../../../words/dates';
import { PRICE_FORM } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { plainNumber } from '../../../words/numbers';

/** What is usual, where an operation has no price yet. */
const USUAL = { local: 0.12, supplier: 0.2, feedIn: 0.04 };

/** What a kWh is worth; the local one begins at the operation's price of today. */
export function PriceFields({ operation }: { operation: string }) {
  const words = useWords(simulationWords);
  const language = useLanguage();
  const query = useQuery(dayPricesQuery(operation, dayAt(new Date())));
  if (query.isPending) return <Loading />;
  const price = query.data?.plants[0]?.prices[0]?.eur_per_kwh;
  const field = (name: string, label: string, value: number) => (
    <Field
      name={name}
      type="text"
      inputMode="decimal"
      pattern={PRICE_FORM}
      label={label}
      defaultValue={plainNumber(value, language)}
    />
  );
  return (
    <details>
      <summary>{words.prices}</summary>
      {field('local', words.local, price ? Number(price) : USUAL.local)}
      {field('supplier', words.supplier, USUAL.supplier)}
      {field('feed_in', words.feedIn, USUAL.feedIn)}
    </details>
  );
}
