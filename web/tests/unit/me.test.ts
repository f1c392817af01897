import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('window', { location: { origin: 'https://elocoop.example' } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const claims = Buffer.from(JSON.stringify({ sub: 'idris' })).toString('base64url');

function answer(path: string, me: () => Response) {
  if (path.endsWith('/community/me')) return me();
  return Response.json({ access_token: `h.${claims}.s`, expires_in: 900 });
}

/** A browser in which Lucie looked at what is hers. */
async function afterLucie(me: () => Response) {
  vi.stubGlobal('fetch', async (asked: string | Request) =>
    answer(typeof asked === 'string' ? asked : asked.url, me),
  );
  const { enter, meQuery } = await import('../../src/queries/me');
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(meQuery.queryKey, { subject: 'lucie' } as never);
  queries.setQueryData(['invoices', 'of Lucie'], ['hers']);
  return { queries, meKey: meQuery.queryKey, enter };
}

test('who logs in after somebody else is shown nothing of theirs', async () => {
  const { queries, meKey, enter } = await afterLucie(() => Response.json({ subject: 'idris' }));

  await enter(queries, { secret: 'of a link' });

  expect(queries.getQueryData(meKey)).toEqual({ subject: 'idris' });
  expect(queries.getQueryData(['invoices', 'of Lucie'])).toBeUndefined();
});

test('who cannot be told yet is not the one before', async () => {
  const { queries, meKey, enter } = await afterLucie(() => Response.json({}, { status: 503 }));

  await expect(enter(queries, { secret: 'of a link' })).rejects.toMatchObject({ status: 503 });

  expect(queries.getQueryData(meKey)).toBeNull();
});

test('what was under way for the one before does not come in late', async () => {
  let arrive = (_: { subject: string }) => {};
  const late = new Promise<{ subject: string }>((resolve) => {
    arrive = resolve;
  });
  const { queries, meKey, enter } = await afterLucie(() => Response.json({ subject: 'idris' }));
  void queries.fetchQuery({ queryKey: meKey, queryFn: () => late }).catch(() => null);

  await enter(queries, { secret: 'of a link' });
  arrive({ subject: 'lucie' });
  await late;

  expect(queries.getQueryData(meKey)).toEqual({ subject: 'idris' });
});

test('a point is named by its number in the first operation that it was in', async () => {
  const { numberOfPoint } = await import('../../src/queries/me');
  const stay = (prm: string, operation_id: string) => ({
    prm,
    operation_id,
    direction: 'consumption',
  });
  const stays = [
    stay('99110000000101', 'ACC00000101'),
    stay('99110000000102', 'ACC00000101'),
    stay('99110000000101', 'ACC00000102'),
  ];
  const me = { profile: { participations: stays } } as never;

  expect(numberOfPoint(me, '99110000000102')).toBe(2);
  expect(numberOfPoint(me, '99110000000101')).toBe(1);
  expect(numberOfPoint(me, '99110000000199')).toBeUndefined();
});
