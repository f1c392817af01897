import { readFile } from 'node:fs/promises';
import { QueryClient } from '@tanstack/react-query';
import { isRedirect } from '@tanstack/react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Pages ask for a browser; here is only decided which one is shown.
vi.mock('../../src/pages/LogIn', () => ({ LogIn: () => null }));
vi.mock('../../src/pages/Shell', () => ({ Shell: () => null, NotFound: () => null }));

beforeEach(() => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
  vi.stubGlobal('fetch', async () => Response.json({}, { status: 503 }));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const opened = { hash: '', next: '/day', cause: 'enter' };

/** Where the log-in leads who opens it; null: it is shown. */
async function placeOf(me: object | null | undefined, how: Partial<typeof opened>) {
  const { entryRoutes } = await import('../../src/routes/entry');
  const { meQuery } = await import('../../src/queries/me');
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  if (me !== undefined) queries.setQueryData(meQuery.queryKey, me as never);
  const { hash, next, cause } = { ...opened, ...how };
  const { validateSearch, beforeLoad } = entryRoutes[0]?.options ?? {};
  const search = (validateSearch as (search: object) => object)({ next });
  const asked = { context: { queries }, location: { hash }, search, cause };
  try {
    await (beforeLoad as (asked: object) => Promise<void>)(asked);
    return null;
  } catch (place) {
    if (!isRedirect(place)) throw place;
    return place.options.href;
  }
}

const lucie = { subject: 'lucie' };

test('who is logged in already comes to what was wanted', async () => {
  expect(await placeOf(lucie, {})).toBe('/day');
  expect(await placeOf(lucie, { next: '' })).toBe('/');
  expect(await placeOf(lucie, { next: '//elsewhere.example' })).toBe('/');
  expect(await placeOf(lucie, { next: '/news/où-€' })).toBe('/');
});

test('a link with a secret may log somebody else in', async () => {
  expect(await placeOf(lucie, { hash: 'secret' })).toBeNull();
  expect(await placeOf(lucie, { cause: 'stay' })).toBeNull();
});

test('who is nobody, or not to be told, logs in', async () => {
  expect(await placeOf(null, {})).toBeNull();
  expect(await placeOf(undefined, {})).toBeNull();
});

test('why the issuer logged nobody in is one of the words that the page knows', async () => {
  const { entryRoutes } = await import('../../src/routes/entry');
  const { validateSearch } = entryRoutes[0]?.options ?? {};
  const read = validateSearch as (search: object) => object;

  expect(read({ refused: 'issuer', next: '/day' })).toEqual({ refused: 'issuer', next: '/day' });
  expect(read({ refused: 'toString' })).toEqual({});
  expect(read({ refused: ['away'] })).toEqual({});
});

test('the way to the issuer leads back to what was wanted', async () => {
  const { addressOfIssuer } = await import('../../src/words/logIns');
  const path = '/community/oidc/log-in';

  expect(addressOfIssuer(path, undefined)).toBe(path);
  expect(addressOfIssuer(path, '/month?point=2')).toBe(`${path}?return_to=%2Fmonth%3Fpoint%3D2`);
});

test('each word with which the platform sends somebody back is said', async () => {
  const source = await readFile('../services/community/domain/accounts/visits.py', 'utf8');
  const known = source.slice(source.indexOf('class VisitRefusal'), source.indexOf('@dataclass'));
  const words = [...known.matchAll(/^ {4}[A-Z]+ = "(\w+)"$/gm)].map(([, word]) => word);
  const { logInWords } = await import('../../src/messages/logIn');

  expect(Object.keys(logInWords.fr.refused)).toEqual(words);
});
