import { expect, test } from 'vitest';

const FOLDER = '../../src/';
const SOURCES: Record<string, string> = import.meta.glob('../../src/{pages,routes}/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Each page that has an address: its file, and the source of all files of pages it is made of. */
const PAGES = Object.entries(SOURCES)
  .filter(([path]) => path.startsWith(`${FOLDER}routes/`))
  .flatMap(([path, source]) => namedIn(path, source, /import\('([^']+)'\)/g))
  .map((path) => [path.slice(FOLDER.length), sourceOf(path)] as const);

/** Files of pages, as `SOURCES` has them, that a file names so. */
function namedIn(path: string, source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)]
    .map(([, name]) => new URL(`${name}.tsx`, new URL(path, 'file:///tests/unit/')).pathname)
    .map((found) => found.replace('/src/', FOLDER))
    .filter((found) => found in SOURCES);
}

function sourceOf(page: string): string {
  const files = new Set([page]);
  for (const path of files) {
    for (const found of namedIn(path, SOURCES[path] ?? '', / from '(\.[^']+)'/g)) files.add(found);
  }
  return [...files].map((path) => SOURCES[path]).join('\n');
}

const NUMBERS = /import [^;]*\b(kwh|inKwh|energy|euros|percent|pricePerKwh)\b[^;]*\/numbers'/;
const OF_NUMBERS = PAGES.filter(([, source]) => NUMBERS.test(source));

test('pages of numbers are found', () => {
  expect(OF_NUMBERS.map(([page]) => page)).toEqual(
    expect.arrayContaining(['pages/Month.tsx', 'pages/History.tsx', 'pages/invoices/Invoice.tsx']),
  );
});

test.each(OF_NUMBERS)('%s says beside its numbers why they are so', (_, source) => {
  expect(/<Why[ >]|\{words\.why\}/.test(source)).toBe(true);
});
