import { importWords } from '../../../messages/running/imports';
import chips from '../../../parts/Chip.module.css';
import tables from '../../../parts/Table.module.css';
import { COLUMNS, type ListKind, NEEDED } from '../../../words/imports';
import { useWords } from '../../../words/language';

/** The columns of a table, and what each of them wants. */
export function Headings({ kind }: { kind: ListKind }) {
  const words = useWords(importWords);
  return (
    <details>
      <summary>{words.headings}</summary>
      <table className={tables.table}>
        <caption>{words.headingsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.heading}</th>
            <th scope="col">{words.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {COLUMNS[kind].map((column) => (
            <tr key={column}>
              <th scope="row">
                <code>{column}</code>
              </th>
              <td>
                {words.columns[column]}{' '}
                {NEEDED[kind].includes(column) && (
                  <span className={chips.chip}>{words.needed}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
