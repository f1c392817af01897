import { keyPreviewWords } from '../../messages/keyPreviews';
import { Coloured } from '../../parts/Legend';
import { MonthName } from '../../parts/MonthName';
import tables from '../../parts/Table.module.css';
import { TwoBars } from '../../pictures/TwoBars';
import type { KeyPreview } from '../../queries/keyPreviews';
import { useLanguage, useWords } from '../../words/language';
import { kwh } from '../../words/numbers';
import styles from './KeyPreview.module.css';

/** Two bars for each month, and their figures. */
export function KeyPreviewMonths({ preview }: { preview: KeyPreview }) {
  const words = useWords(keyPreviewWords);
  const language = useLanguage();
  const { months, total } = preview;
  const most = Math.max(1, ...months.flatMap((one) => [one.in_force_wmin, one.draft_wmin]));
  return (
    <table className={tables.numbers}>
      <caption>{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.month}</th>
          <td className={styles.bars} />
          <th scope="col">
            <Coloured colour="unshared">{words.today}</Coloured>
          </th>
          <th scope="col">
            <Coloured colour="local">{words.draft}</Coloured>
          </th>
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, in_force_wmin, draft_wmin }) => (
          <tr key={month}>
            <th scope="row" className={tables.date}>
              <MonthName month={month} />
            </th>
            <td className={styles.bars}>
              <TwoBars beforeWmin={in_force_wmin} afterWmin={draft_wmin} mostWmin={most} />
            </td>
            <td>{kwh(in_force_wmin, language, 0)}</td>
            <td>{kwh(draft_wmin, language, 0)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          <td className={styles.bars} />
          <td>{kwh(total.in_force_wmin, language, 0)}</td>
          <td>{kwh(total.draft_wmin, language, 0)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
