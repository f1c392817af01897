import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('what is owed is asked for apart, page by page, however old it is', async () => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
  const asked: URLSearchParams[] = [];
  const bought = { id: 'bought', issuer: { member_id: 'roof' } };
  const sold = { id: 'old', issuer: { member_id: 'anna' } };
  const pages = [Array(1000).fill(bought), [sold]];
  vi.stubGlobal('fetch', async (request: Request | string) => {
    if (typeof request === 'string') return new Response(null, { status: 204 });
    asked.push(new URL(request.url).searchParams);
    return Response.json(pages.shift());
  });
  const { owedQuery } = await import('../../src/queries/invoices');
  const queries = new QueryClient();

  const owed = await queries.fetchQuery(owedQuery('anna', 'sold'));

  expect(owed.map(({ id }) => id)).toEqual(['old']);
  expect(asked.map((query) => query.get('after'))).toEqual([null, 'bought']);
  expect(asked[0]?.getAll('payment_state')).toContain('overdue');
});
