import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { invoiceWords } from '../../messages/invoice';
import facts from '../../parts/Facts.module.css';
import tables from '../../parts/Table.module.css';
import { Columns } from '../../pictures/Columns';
import type { Invoice } from '../../queries/invoices';
import { consumingPoints, type Me, numberOfPoint } from '../../queries/me';
import { clockTime, dayLater, dayOfMonth, monthName, shortDate } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { kwh } from '../../words/numbers';
import { halfHour } from '../../words/windows';
import styles from './Invoices.module.css';

type Usage = NonNullable<Invoice['usage']>;

/** When the energy of an invoice came, and the way to its half-hours. */
export function InvoiceTimes({ invoice, me }: { invoice: Invoice; me: Me }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const { usage } = invoice;
  if (!usage) return null;
  const consumers = [...new Set(invoice.lines.map(({ consumer }) => consumer))];
  const numbers = consumers.flatMap((prm) => numberOfPoint(me, prm) ?? []);
  /** Which meter a sentence is about, where there are several. */
  const ofMeter = (prm: string | undefined, sentence: string) => {
    const point = consumingPoints(me).find((own) => own.prm === prm);
    const isNamed = consumers.length > 1 && point;
    return isNamed ? words.labelled(point.point_label, sentence) : sentence;
  };
  const months = invoice.months?.map(({ month }) => month) ?? [invoice.month];
  return (
    <section>
      <h2>{words.when}</h2>
      {usage.points.map(({ prm, metered_wmin, shared_wmin }) => (
        <p key={prm}>
          {ofMeter(prm, words.ofAll(kwh(shared_wmin, language), kwh(metered_wmin, language)))}
        </p>
      ))}
      <Hours usage={usage} />
      <Days usage={usage} from={invoice.period_from} number={numbers[0]} />
      <ul className={styles.links}>
        {numbers.flatMap((point) =>
          months.map((month) => (
            <li key={`${point} ${month}`}>
              <Link to="/month/$month" params={{ month }} search={{ point }}>
                {ofMeter(
                  consumingPoints(me)[point - 1]?.prm,
                  words.toMonth(monthName(month, language)),
                )}
              </Link>
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

/** By the hours of the clock; nothing where half-hours are not known, or not the reader's to see. */
function Hours({ usage }: { usage: Usage }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const byHour = usage.by_hour_wmin ?? [];
  if (byHour.length === 0) return null;
  const most = Math.max(...byHour);
  const nameOf = (hour: number) => clockTime(halfHour(2 * hour), language);
  const sentence = words.best(nameOf(byHour.indexOf(most)));
  return (
    <figure className={facts.drawing}>
      <figcaption>
        {words.byHour}. {sentence}
      </figcaption>
      <Columns
        values={byHour}
        ticks={[0, 6, 12, 18, 24].map((place) => ({ place, label: nameOf(place) }))}
        top={kwh(most, language, 1)}
        name={words.byHour}
        sentence={sentence}
      />
      <Figures
        caption={words.byHour}
        head={words.hour}
        rows={byHour.map((energy, hour) => [nameOf(hour), nameOf(hour), energy])}
      />
    </figure>
  );
}

interface DaysProps {
  usage: Usage;
  from: string;
  /** Of the point whose half-hours are a day's; undefined: they are not the reader's to see. */
  number: number | undefined;
}

function Days({ usage, from, number }: DaysProps) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const byDay = usage.supplied_wmin;
  if (byDay.length === 0) return null;
  const days = byDay.map((_, place) => dayLater(from, place));
  const most = Math.max(...byDay);
  const best = dayOfMonth(dayLater(from, byDay.indexOf(most)), language);
  const sentence = words.bestDay(best, kwh(most, language, 1));
  const nameOf = (day: string) =>
    number ? (
      <Link to="/day/$day" params={{ day }} search={{ point: number }}>
        {dayOfMonth(day, language)}
      </Link>
    ) : (
      dayOfMonth(day, language)
    );
  return (
    <figure className={facts.drawing}>
      <figcaption>
        {words.byDay}. {sentence}
      </figcaption>
      <Columns
        values={byDay}
        ticks={days.flatMap((day, place) =>
          isNamed(day, days.length) ? [{ place, label: shortDate(day, language) }] : [],
        )}
        top={kwh(most, language, 1)}
        name={words.byDay}
        sentence={sentence}
      />
      <Figures
        caption={words.byDay}
        head={words.day}
        rows={days.map((day, place) => [day, nameOf(day), byDay[place] ?? 0])}
      />
    </figure>
  );
}

/** The days by which a month or a quarter is read. */
function isNamed(day: string, days: number): boolean {
  return days > 31 ? day.endsWith('-01') : /-(01|11|21)$/.test(day);
}

interface FiguresProps {
  caption: string;
  head: string;
  /** What a row is known by, what it is called, and its energy. */
  rows: [string, ReactNode, number][];
}

function Figures({ caption, head, rows }: FiguresProps) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  return (
    <details className={styles.figures}>
      <summary>{words.asTable}</summary>
      <table className={tables.numbers}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{words.amount}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, name, energy]) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{kwh(energy, language, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
