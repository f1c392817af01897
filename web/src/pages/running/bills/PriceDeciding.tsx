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
  type DefinitionChanges,
  definitionChanges,
  isSameVat,
  keyOf,
  type Price,
  type PriceChange,
  priceChanges,
  withPrices,
} from '../../../words/priceLists';
import { windowsSentence } from '../../../words/windows';
import { useChanged } from '../close/changed';
import { useNames } from '../names';
import { PricePreview } from './PricePreview';
import { groupText, usePriceNames, vatText } from './priceNames';

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
  const definitions = definitionChanges(list, defined);
  const areDefined =
    definitions.groups.length > 0 ||
    definitions.hour_classes.length > 0 ||
    definitions.unknown_hours !== null;
  return (
    <section>
      <h3>{words.summary(fullDay(day, language))}</h3>
      {changes.length > 0 && <Changes operation={operation} changes={changes} />}
      {areDefined && <Definitions operation={operation} changes={definitions} />}
      {changes.length === 0 && !areDefined && <p>{words.nothing}</p>}
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
            <td>{before ? priceText(before, after, language) : words.new}</td>
            <td>{after ? priceText(after, before, language) : words.ended}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** With its VAT, if the other has another one or there is none. */
function priceText(price: Price, other: Price | null, language: Language): string {
  const text = pricePerKwh(Number(price.price_eur_per_kwh), language);
  return other && isSameVat(price, other) ? text : `${text}, ${vatText(price, language)}`;
}

interface DefinitionsProps {
  operation: string;
  changes: DefinitionChanges;
}

/** What is new of hours and groups, as it is to be. */
function Definitions({ operation, changes }: DefinitionsProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = useNames(operation);
  const { hour_classes, groups, unknown_hours } = changes;
  return (
    <>
      <h4>{words.definitions}</h4>
      <ul>
        {hour_classes.map(({ name, windows }) => (
          <li key={name}>{words.ofHours(name, windowsSentence(windows, language))}</li>
        ))}
        {groups.map((group) => (
          <li key={group.name}>{words.ofGroup(group.name, groupText(group, names, language))}</li>
        ))}
        {unknown_hours && <li>{words.unknownHoursOf[unknown_hours]}</li>}
      </ul>
    </>
  );
}
