import { Link } from '@tanstack/react-router';
import { invoiceWords } from '../../messages/invoice';
import facts from '../../parts/Facts.module.css';
import type { Invoice, InvoiceLine } from '../../queries/invoices';
import { consumingPoints, type Me } from '../../queries/me';
import { dayLater, fullDay } from '../../words/dates';
import { type Language, unparted, useLanguage, useWords } from '../../words/language';
import { euros, fraction, kwh, pricePerKwh } from '../../words/numbers';
import { halfHour, pricedHoursSentence } from '../../words/windows';
import styles from './Invoice.module.css';

/** What is billed, line by line, each in words; below what they add up to. */
export function InvoiceLines({ invoice, me }: { invoice: Invoice; me: Me }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const { lines, taxes = [], vat } = invoice;
  const hasClasses = (invoice.hour_classes ?? []).length > 0;
  return (
    <section>
      <h2>{words.lines}</h2>
      <dl className={facts.sums}>
        {lines.map((line) => (
          <div className={styles.line} key={identityOf(line)}>
            <dt>
              {sentenceOf(line, hasClasses, language)}
              <Details line={line} invoice={invoice} me={me} />
            </dt>
            <dd>{euros(line.amount_cents, language)}</dd>
          </div>
        ))}
        {taxes.map(({ consumer, valid_from, quantity_kwh, rate_eur_per_mwh, amount_cents }) => (
          <div className={styles.line} key={`${consumer} ${valid_from}`}>
            <dt>
              {rate_eur_per_mwh === null
                ? words.taxUnknown
                : words.tax(
                    kwh(quantity_kwh * 60_000, language, 0),
                    euros(Number(rate_eur_per_mwh) * 100, language),
                  )}
            </dt>
            <dd>{euros(amount_cents, language)}</dd>
          </div>
        ))}
        <dt>{words.exclVat}</dt>
        <dd>{euros(invoice.total_excl_vat_cents, language)}</dd>
        {vat.map(({ rate, vat_cents }) => (
          <div className={styles.line} key={rate}>
            <dt>{Number(rate) === 0 ? words.noVat : words.vat(fraction(rate, language))}</dt>
            <dd>{euros(vat_cents, language)}</dd>
          </div>
        ))}
        <dt className={facts.total}>{words.total}</dt>
        <dd className={facts.total}>{euros(invoice.total_incl_vat_cents, language)}</dd>
      </dl>
      <Why invoice={invoice} />
    </section>
  );
}

/** No two lines of an invoice have all of these in common. */
function identityOf(line: InvoiceLine): string {
  const { producer, consumer, valid_from, hour_class, label, corrects, price_eur_per_kwh } = line;
  const corrected = corrects && `${corrects.document_id} ${corrects.position}`;
  return [producer, consumer, valid_from, hour_class, label, price_eur_per_kwh, corrected].join();
}

export function sentenceOf(line: InvoiceLine, hasClasses: boolean, language: Language): string {
  const words = invoiceWords[language];
  if (line.kind === 'fee') {
    const fee = words.fee(line.label ?? '', euros(Number(line.eur_per_month) * 100, language));
    const isPart = line.days !== line.month_days;
    return isPart ? `${fee}, ${words.feeDays(line.days ?? 0, line.month_days ?? 0)}` : fee;
  }
  const price = pricePerKwh(Number(line.price_eur_per_kwh), language);
  const energy = words.energy(kwh(line.energy_wmin, language, 2), price);
  if (line.hour_class) return `${energy}, ${words.inHours(line.hour_class)}`;
  return hasClasses ? `${energy}, ${words.otherHours}` : energy;
}

/** For which days and which point a line is, where there are others. */
function Details({ line, invoice, me }: { line: InvoiceLine; invoice: Invoice; me: Me }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const isWhole = line.valid_from === invoice.period_from && line.valid_to === invoice.period_to;
  const isOnly = invoice.lines.every(({ consumer }) => consumer === line.consumer);
  const point = consumingPoints(me).find(({ prm }) => prm === line.consumer);
  const last = fullDay(dayLater(line.valid_to, -1), language);
  return (
    <span className={styles.details}>
      {!isOnly && point && <span>{words.ofPoint(point.point_label)}</span>}
      {!isWhole && <span>{words.between(fullDay(line.valid_from, language), last)}</span>}
    </span>
  );
}

/** What made the prices what they are: told once for all lines that say the same. */
function Why({ invoice }: { invoice: Invoice }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const reasons = invoice.lines.flatMap((line) => [
    words.rules[line.rule ?? ''],
    line.group && words.ofGroup(line.group),
    line.discount &&
      words.discount(line.discount, pricePerKwh(Number(line.list_price_eur_per_kwh), language)),
    line.coefficient && words.index(line.coefficient),
  ]);
  // As the price list has them: in French, as the law has.
  const mentions = new Set(invoice.lines.flatMap(({ vat_mention }) => vat_mention ?? []));
  const classes = (invoice.hour_classes ?? []).flatMap((month) => month.classes);
  const hours = classes.map(({ name, windows, tariff_classes }) => {
    const onTheClock = windows.map((window) => ({
      ...window,
      hours: window.hours.map(({ start, end }) => [halfHour(start), halfHour(end)]),
    }));
    return words.hours(
      name,
      pricedHoursSentence({ windows: onTheClock, tariff_classes }, language),
    );
  });
  const sentences = [...new Set([...reasons, ...hours, words.exact])].filter((one) => !!one);
  return (
    <details>
      <summary>{words.why}</summary>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {[...mentions].map((mention) => (
          <li key={mention} lang="fr">
            {unparted(mention)}
          </li>
        ))}
        {invoice.settlement.status === 'provisional' && <li>{words.provisional}</li>}
      </ul>
      <Link to="/price" search={{ point: 1 }}>
        {words.priceLink}
      </Link>
    </details>
  );
}
