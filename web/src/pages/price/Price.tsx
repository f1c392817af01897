import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { priceWords } from '../../messages/price';
import { Answer } from '../../parts/Answer';
import { AskOrganiser } from '../../parts/AskOrganiser';
import { BackToInvoices } from '../../parts/Back';
import { Card } from '../../parts/Card';
import facts from '../../parts/Facts.module.css';
import { Heading } from '../../parts/Heading';
import { OfPoint } from '../../parts/OfPoint';
import { Columns } from '../../pictures/Columns';
import { meQuery, pointOf, takesPart } from '../../queries/me';
import { type DayPrices, dayPricesQuery } from '../../queries/prices';
import { producersQuery } from '../../queries/producers';
import { clockMinutes, clockTime, dayAt } from '../../words/dates';
import { type Language, useLanguage, useWords } from '../../words/language';
import { pricePerKwh } from '../../words/numbers';
import { dependsOnMeter } from '../../words/plantPrices';
import { halfHour } from '../../words/windows';
import { Fees, Next } from './PriceRest';
import { PriceTerms } from './PriceTerms';

/** What a kWh of the operation costs me now, and at other hours. */
export function PricePage() {
  const words = useWords(priceWords);
  const { point: number } = useSearch({ from: '/inside/price' });
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const plant = me.profile?.participations.find(({ direction }) => direction === 'production');
  const day = dayAt(new Date());
  return (
    <>
      <BackToInvoices />
      <Heading>{words.title}</Heading>
      {pointOf(me, number) || !plant ? (
        <OfPoint number={number}>
          {(point) => (
            <>
              <Prices
                operation={point.operation_id}
                day={day}
                prm={takesPart(point, day) ? point.prm : undefined}
              />
              <p>
                <Link to="/bills" search={{ point: number }}>
                  {words.bills}
                </Link>
              </p>
              <AskOrganiser operationId={point.operation_id} />
            </>
          )}
        </OfPoint>
      ) : (
        // Who has plants only is told what everybody pays.
        <Prices operation={plant.operation_id} day={day} />
      )}
    </>
  );
}

interface PricesProps {
  operation: string;
  day: string;
  /** Who buys; without: anybody, as is a point that takes no part today. */
  prm?: string | undefined;
}

function Prices({ operation, day, prm }: PricesProps) {
  const words = useWords(priceWords);
  const query = useQuery(dayPricesQuery(operation, day, prm));
  // Without their names plants are told by what is known of them.
  const { data: producers = [] } = useQuery(producersQuery(operation));
  return (
    <Answer query={query}>
      {(prices) => {
        if (prices.is_gift) return <Given prices={prices} />;
        if (prices.plants.length + prices.coming.length === 0) return <p>{words.noPrice}</p>;
        return (
          <>
            <Now prices={prices} />
            <PriceTerms prices={prices} producers={producers} />
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

/** Nothing is paid for the energy; there may be fees, and prices to come. */
function Given({ prices: { fees, coming } }: { prices: DayPrices }) {
  const words = useWords(priceWords);
  return (
    <Card title={words.now}>
      <p>{words.gift}</p>
      <Fees fees={fees} />
      <Next coming={coming} />
    </Card>
  );
}

function Now({ prices }: { prices: DayPrices }) {
  const words = useWords(priceWords);
  const language = useLanguage();
  const [minutes = 0] = clockMinutes(new Date().toISOString(), 30, 1);
  const step = Math.floor(minutes / 30);
  const days = prices.plants.map(({ half_hours }) =>
    half_hours.map((price) => (price === null ? null : Number(price))),
  );
  const now = days.flatMap((ofDay) => ofDay[step] ?? []);
  const [least, most] = [Math.min(...now), Math.max(...now)];
  const isSame = least === most;
  const isByMeter = prices.plants.some(dependsOnMeter);
  const sentences = [
    !isSame && now.length > 0 && words.byPlant,
    isByMeter ? words.byMeter : hoursSentence(prices, step, language),
    isSame && !isByMeter && nextSentence(days[0] ?? [], step, language),
  ].flatMap((sentence) => sentence || []);
  return (
    <>
      <Card title={words.now}>
        {now.length === 0 && !isByMeter && <p>{words.noneNow}</p>}
        {now.length > 0 && (
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
      {isSame && !isByMeter && <Today ofDay={days[0] ?? []} step={step} />}
    </>
  );
}

function hoursSentence(prices: DayPrices, step: number, language: Language): string {
  const words = priceWords[language];
  const hourClass = prices.classes[step];
  if (hourClass) return words.inHours(hourClass);
  return prices.hour_classes.length > 0 ? words.otherHours : '';
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
