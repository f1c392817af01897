import { sellerWords } from '../../../messages/running/sellers';
import tables from '../../../parts/Table.module.css';
import type { Profile } from '../../../queries/sellers';
import { fullDay } from '../../../words/dates';
import { fullDayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import styles from './Bills.module.css';

/** What was said of a seller and from when on, the last one first: none is ever changed. */
export function SellerVersions({ versions }: { versions: readonly Profile[] }) {
  const words = useWords(sellerWords);
  const language = useLanguage();
  if (versions.length === 0) return null;
  return (
    <details>
      <summary>{words.versions}</summary>
      <table className={tables.table}>
        <caption>{words.versions}</caption>
        <thead>
          <tr>
            <th scope="col">{words.since}</th>
            <th scope="col">{words.vatRegime}</th>
          </tr>
        </thead>
        <tbody>
          {versions.toReversed().map((version) => (
            <tr key={version.number}>
              <th className={styles.day} scope="row">
                {fullDay(version.valid_from, language)}{' '}
                <span className={styles.beside}>
                  {words.recorded(fullDayOf(version.recorded_at, language))}
                </span>
              </th>
              <td>
                {words.vatRegimes[version.vat_regime]}{' '}
                <span className={styles.beside}>
                  {words.madeBy(version.mandate?.mandatary_name ?? '')}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
