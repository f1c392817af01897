import { priceWords } from '../../messages/price';
import facts from '../../parts/Facts.module.css';
import {
  type Buyer,
  coefficientOf,
  discountOn,
  eurosExclVat,
  eurosInclVat,
  type Price,
  type PriceList,
  priceOf,
  producersOf,
  type Sale,
} from '../../prices/priceList';
import type { Producer } from '../../queries/producers';
import { dayAt, dayLater, fullDay } from '../../words/dates';
import { type Language, useLanguage, useWords } from '../../words/language';
import { fraction, pricePerKwh } from '../../words/numbers';
import { windowsSentence } from '../../words/windows';
import styles from './Price.module.css';
import { Fees, Next } from './PriceRest';

interface PriceTermsProps {
  list: PriceList;
  buyer: Buyer;
  /** As far as it is known what plants are called. */
  producers: readonly Producer[];
}

/** The prices that hold for who buys: by the hour, with what is added or taken off. */
export function PriceTerms({ list, buyer, producers }: PriceTermsProps) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const day = dayAt(new Date());
  const plants = producersOf(list, buyer);
  return (
    <section>
      <h2>{words.yours}</h2>
      {plants.map((producer) => (
        <ByHours
          key={producer}
          list={list}
          sale={{ buyer, producer, day }}
          plant={plants.length > 1 ? nameOf(producer, producers, language) : null}
        />
      ))}
      <Fees list={list} buyer={buyer} day={day} />
      <Next list={list} buyer={buyer} day={day} />
    </section>
  );
}

function nameOf(
  producer: string | null,
  producers: readonly Producer[],
  language: Language,
): string {
  const words = priceWords[language];
  if (producer === null) return words.otherPlants;
  const plant = producers.findLast(({ prm }) => prm === producer);
  if (!plant) return words.unknownPlant;
  return plant.name ? words.plantOf(plant.name, plant.number) : words.plant(plant.number);
}

/** A price for each class of hours that has one of its own, then that of all others. */
interface ByHoursProps {
  list: PriceList;
  sale: Sale;
  /** What the plant is called; null: all have one price. */
  plant: string | null;
}

function ByHours({ list, sale, plant }: ByHoursProps) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const general = priceOf(list, sale, null);
  const special = list.hour_classes.flatMap(({ name, windows }) => {
    const price = priceOf(list, sale, name);
    return price && price !== general ? [{ name, windows, price }] : [];
  });
  return (
    <>
      {plant && special.length > 0 && <h3>{plant}</h3>}
      <ul className={facts.cards}>
        {special.map(({ name, windows, price }) => (
          <li key={name} className={facts.card}>
            <strong>{name}</strong>
            <span className={facts.weak}> {windowsSentence(windows, language)}</span>
            <Terms list={list} sale={sale} price={price} />
          </li>
        ))}
        {general && (
          <li className={facts.card}>
            <strong>{special.length > 0 ? words.elsewhere : (plant ?? words.allHours)}</strong>
            <Terms list={list} sale={sale} price={general} />
          </li>
        )}
      </ul>
    </>
  );
}

/** What a price is, with taxes and without, for whom, and since when. */
function Terms({ list, sale, price }: { list: PriceList; sale: Sale; price: Price }) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const exclVat = pricePerKwh(eurosExclVat(list, sale, price), language);
  const hasVat = Number(price.vat_rate) > 0;
  return (
    <>
      <p className={styles.price}>
        {pricePerKwh(eurosInclVat(list, sale, price), language)}{' '}
        <span className={facts.weak}>{words.perKwh}</span>
      </p>
      <p className={facts.weak}>
        {[
          hasVat
            ? words.exclVat(exclVat, fraction(price.vat_rate, language))
            : words.noVat(exclVat),
          price.consumer && words.forPoint,
          price.group && words.forGroup(price.group),
          words.since(fullDay(price.valid_from, language)),
          price.valid_to && words.until(fullDay(dayLater(price.valid_to, -1), language)),
        ]
          .filter((part) => !!part)
          .join(' · ')}
      </p>
      {notesOn(list, sale, price, language).map((note) => (
        <p key={note} className={facts.weak}>
          {note}
        </p>
      ))}
    </>
  );
}

function notesOn(list: PriceList, sale: Sale, price: Price, language: Language): string[] {
  const words = priceWords[language];
  const notes: string[] = [];
  const coefficient = coefficientOf(list, price.index, sale.day);
  if (price.index && coefficient) notes.push(words.index(price.index, coefficient));
  const discount = discountOn(list, sale);
  if (discount) {
    const value = discount.percent
      ? fraction(`${discount.percent}/100`, language)
      : pricePerKwh(Number(discount.eur_per_kwh), language);
    notes.push(words.discount(discount.name, value));
  }
  return notes;
}
