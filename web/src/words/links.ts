import table from './links.json';

/** API paths that mails, notifications and deadlines name, and the page of each: null, none yet. */
const LINKS = table.map(({ path, page }) => ({
  path: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  page,
}));

/** The number by which an address names a point of an operation; none: it is not one's own. */
type NumberOf = (prm: string, operation: string | undefined) => number | null | undefined;

/** A page, and which of one's points it is about. */
interface LinkedPage {
  to: string;
  search?: { point: number };
}

/** The page that shows what an API path is about; null: none does. */
export function pageOf(link: string, numberOf: NumberOf): LinkedPage | null {
  const path = link.replace(/[?#].*$/, '');
  for (const known of LINKS) {
    const match = known.path.exec(path);
    if (!match) continue;
    const places = match.groups ?? {};
    const to = known.page?.replaceAll(/\{(\w+)\}/g, (_, name) => places[name] ?? '');
    const point = places.prm && numberOf(places.prm, places.operation);
    return to ? { to, ...(point ? { search: { point } } : {}) } : null;
  }
  return null;
}
