export interface Page {
  limit: number;
  /** The last id of the page before. */
  after?: string;
}

/** A list as a whole, of which the platform gives so many rows a page. */
export async function allPages<Row>(
  limit: number,
  ask: (page: Page) => Promise<Row[]>,
  idOf: (row: Row) => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  let page: Row[];
  do {
    const last = rows.at(-1);
    page = await ask({ limit, ...(last ? { after: idOf(last) } : {}) });
    rows.push(...page);
  } while (page.length === limit);
  return rows;
}
