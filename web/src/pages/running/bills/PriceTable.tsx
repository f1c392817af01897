import { pricesWords } from '../../../messages/running/prices';
import tables from '../../../parts/Table.module.css';
import { Why } from '../../../parts/Why';
import type { PriceEntry } from '../../../queries/priceLists';
import { useLanguage, useWords } from '../../../words/language';
import { fraction, pricePerKwh } from '../../../words/numbers';
import { keyOf } from '../../../words/priceLists';
import styles from './Bills.module.css';
import { daysOf, usePriceNames } from './priceNames';

interface PriceTableProps {
  operation: string;
  entries: readonly PriceEntry[];
  caption: string;
}

/** Prices and what each is for. */
export function PriceTable({ operation, entries, caption }: PriceTableProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = usePriceNames(operation);
  return (
    <>
      <table className={tables.table}>
        <caption>{words.caption(caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.whom}</th>
            <th className={tables.number} scope="col">
              {words.price}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${keyOf(entry)} ${entry.valid_from}`}>
              <th scope="row">
                {names.whom(entry)}{' '}
                <span className={styles.beside}>
                  {[
                    names.when(entry),
                    entry.index && words.index(entry.index),
                    daysOf(entry, language),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </th>
              <td className={tables.number}>
                {pricePerKwh(Number(entry.price_eur_per_kwh), language)}{' '}
                <span className={styles.beside}>
                  {Number(entry.vat_rate) > 0
                    ? words.ofVat(fraction(entry.vat_rate, language))
                    : words.noVat}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Why title={words.whichTitle}>
        <p>{words.which}</p>
      </Why>
    </>
  );
}
