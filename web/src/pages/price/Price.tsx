import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { priceWords } from '../../messages/price';
import { Answer } from '../../parts/Answer';
import { BackToInvoices } from '../../parts/Back';
import { Card } from '../../parts/Card';
import facts from '../../parts/Facts.module.css';
import { Heading } from '../../parts/Heading';
import { OfPoint } from '../../parts/OfPoint';
import { Columns } from '../../pictures/Columns';
import {
  type Buyer,
  classAt,
  type PriceList,
  pricesOfDay,
  producersOf,
} from '../../prices/priceList';
import { meQuery, ownPlants, pointOf } from '../../queries/me';
import { pricesQuery } from '../../queries/prices';
import { producersQuery } from '../../queries/producers';
import { clockMinutes, clockTime, dayAt } from '../../words/dates';
import { type Language, useLanguage, useWords } from '../../words/language';
import { pricePerKwh } from '../../words/numbers';
import { halfHour } from '../../words/windows';
import { PriceTerms } from './PriceTerms';

/** What a kWh of the operation costs me now, and at other hours. */
export function PricePage() {
  const words = useWords(priceWords);
  const { point: number } = useSearch({ from: '/inside/price' });
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const plant = me.profile?.participations.find(({ direction }) => direction === 'production');
  const buyer = { prm: '', memberId: me.member_id ?? '', ownPlants: ownPlants(me) };
  return (
    <>
      <BackToInvoices />
      <Heading>{words.title}</Heading>
      {pointOf(me, number) || !plant ? (
        <OfPoint number={number}>
          {({ operation_id, prm }) => (
            <>
              <Prices operation={operation_id} buyer={{ ...buyer, prm }} />
              <Link to="/bills" search={{ point: number }}>
                {words.bills}
              </Link>
            </>
          )}
        </OfPoint>
      ) : (
        // Who has plants only is told what everybody pays.
        <Prices operation={plant.operation_id} buyer={{ ...buyer, ownPlants: [] }} />
      )}
    </>
  );
}

function Prices({ operation, buyer }: { operation: string; buyer: Buyer }) {
  const words = useWords(priceWords);
  const query = useQuery(pricesQuery(operation));
  // Without their names plants are told by what is known of them.
  const { data: producers = [] } = useQuery(producersQuery(operation));
  return (
    <Answer query={query}>
      {(list) => {
        if (list.entries.length === 0) return <p>{words.noPrice}</p>;
        return (
          <>
            <Now list={list} buyer={buyer} />
            <PriceTerms list={list} buyer={buyer} producers={producers} />
            <details>
              <summary>{words.why}</summary>
              <p>{words.whyAnswer}</p>
            </details>
          </>
        );
      }}
    </Answer>
  );
}

function Now({ list, buyer }: { list: PriceList; buyer: Buyer }) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const instant = new Date();
  const day = dayAt(instant);
  const [minutes = 0] = clockMinutes(instant.toISOString(), 30, 1);
  const step = Math.floor(minutes / 30);
  const sales = producersOf(list, buyer).map((producer) => ({ buyer, producer, day }));
  const days = sales.map((sale) => pricesOfDay(list, sale));
  const prices = days.flatMap((ofDay) => ofDay[step] ?? []);
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  const isSame = least === most;
  const sentences = [
    !isSame && prices.length > 0 && words.byPlant,
    hoursSentence(list, day, step, language),
    isSame && nextSentence(days[0] ?? [], step, language),
  ].flatMap((sentence) => sentence || []);
  return (
    <>
      <Card title={words.now}>
        {prices.length === 0 && <p>{words.noneNow}</p>}
        {prices.length > 0 && (
          <p>
            <span className={facts.figure}>
              {isSame
                ? pricePerKwh(least, language)
                : words.between(pricePerKwh(least, language), pricePerKwh(most, language))}
            </span>{' '}
            {words.perKwh}
          </p>
        )}
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Card>
      {isSame && <Today ofDay={days[0] ?? []} step={step} />}
    </>
  );
}

function hoursSentence(list: PriceList, day: string, step: number, language: Language): string {
  const words = priceWords[language];
  const hourClass = classAt(list, day, step * 30);
  if (hourClass) return words.inHours(hourClass);
  return list.hour_classes.length > 0 ? words.otherHours : '';
}

/** When the price changes today, and to what. */
function nextSentence(ofDay: (number | null)[], step: number, language: Language): string | null {
  const words = priceWords[language];
  if (ofDay.every((price) => price === ofDay[step])) return words.sameAllDay;
  const next = ofDay.findIndex((price, place) => place > step && price !== ofDay[step]);
  const price = ofDay[next];
  if (price === undefined || price === null) return null;
  return words.changesAt(clockTime(halfHour(next), language), pricePerKwh(price, language));
}

function Today({ ofDay, step }: { ofDay: (number | null)[]; step: number }) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const known = ofDay.filter((price) => price !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (least === most) return null;
  const sentence = words.todaySentence(pricePerKwh(least, language), pricePerKwh(most, language));
  return (
    <figure className={facts.drawing}>
      <figcaption>{words.today}</figcaption>
      <Columns
        values={ofDay}
        ticks={[0, 12, 24, 36, 48].map((place) => ({
          place,
          label: clockTime(halfHour(place), language),
        }))}
        top={pricePerKwh(most, language)}
        marked={step}
        name={words.today}
        sentence={sentence}
      />
      <p className={facts.weak}>{sentence}</p>
    </figure>
  );
}
