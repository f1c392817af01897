import { priceWords } from '../../messages/price';
import facts from '../../parts/Facts.module.css';
import type { DayPrices, PaidPrice, PlantPrices } from '../../queries/prices';
import type { Producer } from '../../queries/producers';
import { dayLater, fullDay } from '../../words/dates';
import { type Language, OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import { fraction, pricePerKwh } from '../../words/numbers';
import { pricedHoursSentence } from '../../words/windows';
import styles from './Price.module.css';
import { Fees, Next } from './PriceRest';

interface PriceTermsProps {
  prices: DayPrices;
  /** As far as it is known what plants are called. */
  producers: readonly Producer[];
}

/** The prices that hold for who buys: by the hour, with what is added or taken off. */
export function PriceTerms({ prices, producers }: PriceTermsProps) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const { plants } = prices;
  return (
    <section>
      <h2>{words.yours}</h2>
      {plants.map((plant) => (
        <ByHours
          key={plant.producer}
          plant={plant}
          hourClasses={prices.hour_classes}
          name={plants.length > 1 ? nameOf(plant.producer, producers, language) : null}
        />
      ))}
      <Fees fees={prices.fees} />
      <Next coming={prices.coming} />
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
  plant: PlantPrices;
  hourClasses: DayPrices['hour_classes'];
  /** What the plant is called; null: all have one price. */
  name: string | null;
}

function ByHours({ plant, hourClasses, name }: ByHoursProps) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const isSpecial = plant.prices.some(({ hour_class }) => hour_class !== null);
  return (
    <>
      {name && isSpecial && <h3>{name}</h3>}
      <ul className={facts.cards}>
        {plant.prices.map((price) => {
          const hours = hourClasses.find((named) => named.name === price.hour_class);
          return (
            <li key={price.hour_class} className={facts.card}>
              <strong lang={hours && OF_OPERATIONS}>
                {hours?.name ?? (isSpecial ? words.elsewhere : (name ?? words.allHours))}
              </strong>
              {hours && <span className={facts.weak}> {pricedHoursSentence(hours, language)}</span>}
              <Terms price={price} />
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What a price is, with taxes and without, for whom, and since when. */
function Terms({ price }: { price: PaidPrice }) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const exclVat = pricePerKwh(Number(price.eur_per_kwh), language);
  const hasVat = Number(price.vat_rate) > 0;
  return (
    <>
      <p className={styles.price}>
        {pricePerKwh(Number(price.incl_vat_eur_per_kwh), language)}{' '}
        <span className={facts.weak}>{words.perKwh}</span>
      </p>
      <p className={facts.weak}>
        {[
          hasVat
            ? words.exclVat(exclVat, fraction(price.vat_rate, language))
            : words.noVat(exclVat),
          price.rule === 'point' && words.forPoint,
          price.group && words.forGroup(price.group),
          words.since(fullDay(price.valid_from, language)),
          price.valid_to && words.until(fullDay(dayLater(price.valid_to, -1), language)),
        ]
          .filter((part) => !!part)
          .join(' · ')}
      </p>
      {notesOn(price, language).map((note) => (
        <p key={note} className={facts.weak}>
          {note}
        </p>
      ))}
    </>
  );
}

function notesOn({ index, coefficient, discount }: PaidPrice, language: Language): string[] {
  const words = priceWords[language];
  const notes: string[] = [];
  if (index && coefficient) notes.push(words.index(index, coefficient));
  if (discount) {
    const value = discount.percent
      ? fraction(`${discount.percent}/100`, language)
      : pricePerKwh(Number(discount.eur_per_kwh), language);
    notes.push(words.discount(discount.name, value));
  }
  return notes;
}
