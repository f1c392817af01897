/** A row of a table, and the number of its first line in the text; the heading's is 1. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** What tells the cells of a text apart, by its first line: a spreadsheet's clipboard has tabs. */
export function delimiterOf(text: string): '\t' | ';' | ',' {
  const [first = ''] = text.split('\n', 1);
  if (first.includes('\t')) return '\t';
  const count = (one: string) => first.split(one).length;
  return count(';') >= count(',') ? ';' : ',';
}

/** The rows of a text, as the platform reads them: quoted cells may have several lines. */
export function rowsOf(text: string, delimiter = delimiterOf(text)): CsvRow[] {
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [''] };
  let line = 1;
  let isQuoted = false;
  const end = () => {
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
  };
  const add = (letters: string) => {
    row.cells[row.cells.length - 1] += letters;
  };
  const letters = text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n');
  for (let place = 0; place < letters.length; place += 1) {
    const letter = letters.charAt(place);
    if (letter === '\n') line += 1;
    if (letter === '"' && isQuoted && letters.charAt(place + 1) === '"') {
      add('"');
      place += 1;
    } else if (letter === '"' && (isQuoted || row.cells.at(-1) === '')) {
      isQuoted = !isQuoted;
    } else if (isQuoted) {
      add(letter);
    } else if (letter === delimiter) {
      row.cells.push('');
    } else if (letter === '\n') {
      end();
      row = { line, cells: [''] };
    } else {
      add(letter);
    }
  }
  end();
  return rows;
}

/** Rows as a text that the platform and spreadsheets read. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) =>
    /["\n;]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return rows.map((cells) => `${cells.map(quoted).join(';')}\r\n`).join('');
}

/** A pasted table with tabs, which the platform does not read, as one with semicolons. */
export function withoutTabs(text: string): string {
  if (delimiterOf(text) !== '\t') return text;
  return csvText(rowsOf(text, '\t').map(({ cells }) => cells));
}

/** By line: what the cell of a column says. */
export function cellsByLine(text: string, column: string): Map<number, string> {
  const [heading, ...rows] = rowsOf(text);
  const place = heading?.cells.findIndex((cell) => cell.trim().toLowerCase() === column) ?? -1;
  return new Map(rows.map(({ line, cells }) => [line, cells[place] ?? '']));
}
