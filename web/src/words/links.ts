import table from './links.json';

/** API paths that mails, notifications and deadlines name, and the page of each: null, none yet. */
const LINKS = table.map(({ path, page }) => ({
  path: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  page,
}));

/** The page that shows what an API path is about; null: none does. */
export function pageOf(link: string): { to: string } | null {
  const path = link.replace(/[?#].*$/, '');
  for (const known of LINKS) {
    const match = known.path.exec(path);
    if (!match) continue;
    const places = match.groups ?? {};
    const to = known.page?.replaceAll(/\{(\w+)\}/g, (_, name) => places[name] ?? '');
    return to ? { to } : null;
  }
  return null;
}

/** Whether an address is of the pages for who runs operations, or the platform. */
export function isOfOperations(pathname: string): boolean {
  return ['/o', '/staff'].some((begin) => `${pathname}/`.startsWith(`${begin}/`));
}

/** The operation of whose pages an address is; undefined: of none. */
export function operationAt(pathname: string): string | undefined {
  return /^\/o\/([^/]+)/.exec(pathname)?.[1];
}
