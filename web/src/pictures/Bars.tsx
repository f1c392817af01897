import hidden from '../parts/Hidden.module.css';
import type { Language } from '../words/language';
import styles from './Bars.module.css';

interface Bar {
  label: string;
  /** Of its label, where it is not that of the page. */
  lang?: Language;
  number: number;
  isFirst: boolean;
}

interface BarsProps {
  caption: string;
  columns: { label: string; number: string };
  bars: readonly Bar[];
  /** Said of the ones that are first. */
  first: string;
}

const WIDTH = 100;

/** Whole numbers as bars: a table, whose bars are beside its numbers. */
export function Bars({ caption, columns, bars, first }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ number }) => number));
  return (
    <table className={styles.bars}>
      <caption className={hidden.hidden}>{caption}</caption>
      <thead className={hidden.hidden}>
        <tr>
          <th scope="col">{columns.label}</th>
          <th scope="col">{columns.number}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ label, lang, number, isFirst }) => (
          <tr key={label} className={isFirst ? styles.first : ''}>
            <th scope="row" className={styles.label}>
              <span lang={lang}>{label}</span>
              {isFirst && ` (${first})`}
              <svg viewBox={`0 0 ${WIDTH} 1`} preserveAspectRatio="none" aria-hidden="true">
                <rect width={(WIDTH * number) / most} height="1" />
              </svg>
            </th>
            <td className={styles.number}>{number}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
