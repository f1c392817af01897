import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, memo } from 'react';
import { overviewWords } from '../../../messages/staff/operations';
import tables from '../../../parts/Table.module.css';
import type { OperationMonth } from '../../../queries/operationMonths';
import { monthName, shortMonthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import type { RunOperation } from '../../../words/overview';
import { MonthCell } from './MonthCell';
import styles from './Overview.module.css';

interface MonthsTableProps {
  operations: readonly RunOperation[];
  /** `2026-10`, the newest first. */
  monthNames: readonly string[];
  /** By operation, as far as they have come. */
  months: ReadonlyMap<string, OperationMonth[]>;
}

/** Operations × months; its headings stay where they are as one scrolls. */
export function MonthsTable({ operations, monthNames, months }: MonthsTableProps) {
  const words = useWords(overviewWords);
  const language = useLanguage();
  const [last = '', first = ''] = [monthNames[0], monthNames.at(-1)];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows lead from one link in it to another
    <div className={styles.scroll} onKeyDown={followArrow}>
      <table className={`${tables.table} ${styles.months}`}>
        <caption>{words.caption(monthName(first, language), monthName(last, language))}</caption>
        <thead>
          <tr>
            <th scope="col">{words.operation}</th>
            {monthNames.map((month) => (
              <th key={month} scope="col">
                {shortMonthName(month, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {operations.map((operation) => (
            <Row
              key={operation.id}
              operation={operation}
              monthNames={monthNames}
              months={months.get(operation.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Omit<MonthsTableProps, 'operations' | 'months'> {
  operation: RunOperation;
  /** undefined: they have not come yet. */
  months: OperationMonth[] | undefined;
}

/** Drawn again only as its months come: there are fifty. */
const Row = memo(({ operation, monthNames, months }: RowProps) => (
  <tr>
    <th scope="row">
      <Link to="/o/$operation" params={{ operation: operation.id }}>
        {operation.name}
      </Link>
      <span className={styles.id}>{operation.id}</span>
    </th>
    {monthNames.map((name) => (
      <td key={name}>
        <MonthCell
          operation={operation}
          isHere={Boolean(months)}
          month={monthAmong(months, name)}
        />
      </td>
    ))}
  </tr>
));

function monthAmong(months: OperationMonth[] | undefined, name: string) {
  return months?.find(({ month }) => month === name);
}

const MOVES: Record<string, readonly [across: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** From the link of a cell to that of its neighbour; a cell without one is passed over. */
function followArrow(event: KeyboardEvent<HTMLElement>): void {
  const move = MOVES[event.key];
  const cell = (event.target as Element).closest<HTMLTableCellElement>('th, td');
  if (!move || !cell) return;
  const [across, down] = move;
  let row = cell.parentElement as HTMLTableRowElement;
  let column = cell.cellIndex;
  for (;;) {
    const rows = (row.parentElement as HTMLTableSectionElement).rows;
    const next = rows[row.sectionRowIndex + down];
    column += across;
    if (!next?.cells[column]) return;
    row = next;
    const link = row.cells[column]?.querySelector('a');
    if (!link) continue;
    event.preventDefault();
    link.focus();
    return;
  }
}
