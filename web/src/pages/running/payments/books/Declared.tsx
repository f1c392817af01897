import { Link, useParams } from '@tanstack/react-router';
import { taxReturnWords } from '../../../../messages/running/paymentsTaxes';
import tables from '../../../../parts/Table.module.css';
import type { VatFigures } from '../../../../queries/taxReturns';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';

interface DeclaredProps {
  title: string;
  columns: readonly string[];
  rows: readonly {
    document: Omit<VatFigures['documents'][number], 'base_cents' | 'vat_cents'>;
    cells: readonly string[];
  }[];
}

/** The documents behind a figure, folded. */
export function Declared({ title, columns, rows }: DeclaredProps) {
  const words = useWords(taxReturnWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  return (
    <details>
      <summary>{title}</summary>
      <div className={tables.scroll}>
        <table className={tables.numbers}>
          <thead>
            <tr>
              <th scope="col">{words.document}</th>
              <th scope="col">{words.issued}</th>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ document: { id, number, issue_date, is_correction }, cells }) => (
              <tr key={id}>
                <th scope="row">
                  <Link
                    to="/o/$operation/bills/documents/$document"
                    params={{ operation, document: id }}
                  >
                    {number}
                  </Link>{' '}
                  {is_correction && words.correction}
                </th>
                <td className={tables.number}>{fullDay(issue_date, language)}</td>
                {cells.map((cell, column) => (
                  <td key={columns[column]} className={tables.number}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
