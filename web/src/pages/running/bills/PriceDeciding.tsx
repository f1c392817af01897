import { useMutation, useQuery } from '@tanstack/react-query';
import { pricesWords } from '../../../messages/running/prices';
import { SendForm } from '../../../parts/SendForm';
import tables from '../../../parts/Table.module.css';
import { TickField } from '../../../parts/TickField';
import { operationMonthsQuery } from '../../../queries/operationMonths';
import { type PriceList, savePrices } from '../../../queries/priceLists';
import type { Change } from '../../../words/dated';
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
  priceChanges,
  withPrices,
} from '../../../words/priceLists';
import { type Terms, termChanges, withTerms } from '../../../words/priceTerms';
import { pricedHoursSentence } from '../../../words/windows';
import { useChanged } from '../close/changed';
import { useNames } from '../names';
import { PricePreview } from './PricePreview';
import { groupText, usePriceNames, vatText } from './priceNames';
import { TermsChanged } from './terms/TermsChanged';
import { useTermTexts } from './terms/texts';

interface DecidingProps {
  operation: string;
  list: PriceList;
  /** As they are to be from the day on. */
  prices: readonly Price[];
  terms: Terms;
  day: string;
  defined: Defined;
  onSaved: () => void;
}

const YEAR = 12;

/** What a proposal changes, what each member would pay by it, and the button that sets it. */
export function Deciding(props: DecidingProps) {
  const { operation, list, prices, terms, day, defined, onSaved } = props;
  const words = useWords(pricesWords);
  const language = useLanguage();
  const changed = useChanged(operation);
  const body = withTerms(withPrices(list, prices, day, defined), terms, day);
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
  const { fees, discounts } = termChanges(list, terms, day);
  const areTerms = fees.length + discounts.length > 0;
  const definitions = definitionChanges(list, defined);
  const areDefined =
    definitions.groups.length > 0 ||
    definitions.hour_classes.length > 0 ||
    definitions.indexes.length > 0 ||
    definitions.unknown_hours !== null;
  return (
    <section>
      <h3>{words.summary(fullDay(day, language))}</h3>
      {changes.length > 0 && <Changes operation={operation} changes={changes} />}
      {areDefined && <Definitions operation={operation} changes={definitions} />}
      {areTerms && <TermsChanged operation={operation} fees={fees} discounts={discounts} />}
      {changes.length === 0 && !areDefined && !areTerms && <p>{words.nothing}</p>}
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

function Changes({ operation, changes }: { operation: string; changes: readonly Change<Price>[] }) {
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

/** With its VAT and index, where the other has another one or there is none. */
function priceText(price: Price, other: Price | null, language: Language): string {
  const text = pricePerKwh(Number(price.price_eur_per_kwh), language);
  const words = pricesWords[language];
  const parts = [text];
  if (!other || !isSameVat(price, other)) parts.push(vatText(price, language));
  if (price.index !== (other?.index ?? null)) {
    parts.push(price.index ? words.index(price.index) : words.noIndex);
  }
  return parts.join(', ');
}

interface DefinitionsProps {
  operation: string;
  changes: DefinitionChanges;
}

/** What is new of hours, groups and indexes, as it is to be. */
function Definitions({ operation, changes }: DefinitionsProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = useNames(operation);
  const texts = useTermTexts(operation);
  const { hour_classes, groups, indexes, unknown_hours } = changes;
  return (
    <>
      <h4>{words.definitions}</h4>
      <ul>
        {hour_classes.map((hours) => (
          <li key={hours.name}>
            {words.ofHours(hours.name, pricedHoursSentence(hours, language))}
          </li>
        ))}
        {groups.map((group) => (
          <li key={group.name}>{words.ofGroup(group.name, groupText(group, names, language))}</li>
        ))}
        {indexes.map((index) => (
          <li key={index.name}>{texts.index(index)}</li>
        ))}
        {unknown_hours && <li>{words.unknownHoursOf[unknown_hours]}</li>}
      </ul>
    </>
  );
}
