import { useMutation, useQuery } from '@tanstack/react-query';
import { pricesWords } from '../../../messages/running/prices';
import { SendForm } from '../../../parts/SendForm';
import tables from '../../../parts/Table.module.css';
import { TickField } from '../../../parts/TickField';
import { operationMonthsQuery } from '../../../queries/operationMonths';
import { type PriceList, savePrices } from '../../../queries/priceLists';
import { fullDay, monthAt } from '../../../words/dates';
import { type Language, useLanguage, useWords } from '../../../words/language';
import { pricePerKwh } from '../../../words/numbers';
import {
  type Defined,
  keyOf,
  type Price,
  type PriceChange,
  priceChanges,
  withPrices,
} from '../../../words/priceLists';
import { useChanged } from '../close/changed';
import { PricePreview } from './PricePreview';
import { usePriceNames } from './priceNames';

interface DecidingProps {
  operation: string;
  list: PriceList;
  /** As they are to be from the day on. */
  prices: readonly Price[];
  day: string;
  defined: Defined;
  onSaved: () => void;
}

const YEAR = 12;

/** What a proposal changes, what each member would pay by it, and the button that sets it. */
export function Deciding({ operation, list, prices, day, defined, onSaved }: DecidingProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const changed = useChanged(operation);
  const body = withPrices(list, prices, day, defined);
  const attempt = useMutation({
    mutationFn: () => savePrices(operation, body),
    onSuccess: async () => {
      await changed();
      onSaved();
    },
  });
  const { data: months } = useQuery(operationMonthsQuery(operation, monthAt(new Date()), YEAR));
  const closed = months?.filter(({ settlement }) => settlement.status).map(({ month }) => month);
  const changes = priceChanges(list, prices, day);
  return (
    <section>
      <h3>{words.summary(fullDay(day, language))}</h3>
      {changes.length > 0 ? (
        <Changes operation={operation} changes={changes} />
      ) : (
        <p>{words.nothing}</p>
      )}
      <h3>{words.preview}</h3>
      {closed?.length === 0 && <p>{words.noMonth}</p>}
      {closed && closed.length > 0 && (
        <PricePreview operation={operation} months={closed.toReversed()} day={day} prices={body} />
      )}
      <SendForm attempt={attempt} submit={words.save} onSend={() => attempt.mutate()} isWide>
        <p>{words.effect(fullDay(day, language))}</p>
        <TickField name="checked" label={words.checked} isRequired />
      </SendForm>
    </section>
  );
}

function Changes({ operation, changes }: { operation: string; changes: readonly PriceChange[] }) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = usePriceNames(operation);
  return (
    <table className={tables.numbers}>
      <caption>{words.perKwh}</caption>
      <thead>
        <tr>
          <th scope="col">{words.whom}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ key, before, after }) => (
          <tr key={keyOf(key)}>
            <th scope="row">{names.short(key)}</th>
            <td>{priceText(before, language) ?? words.new}</td>
            <td>{priceText(after, language) ?? words.ended}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function priceText(price: Price | null, language: Language): string | null {
  return price && pricePerKwh(Number(price.price_eur_per_kwh), language);
}
