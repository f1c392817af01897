import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';

/** What the platform answers next. */
const answers: Response[] = [];

// Modules of the page ask for a browser as they are loaded. Nobody is logged in.
vi.hoisted(() => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
});
vi.stubGlobal('fetch', async (asked: string | Request) =>
  typeof asked === 'string' ? new Response(null, { status: 204 }) : answers.shift(),
);

async function ask(answer: Response) {
  const { simulationQuery } = await import('../../src/queries/simulations');
  answers.push(answer);
  return new QueryClient().fetchQuery({ ...simulationQuery('study'), retry: false });
}

/** After which time it is asked for again, once this is known of it. */
async function askedAgain(data: object | null | undefined): Promise<number | false> {
  const { simulationQuery } = await import('../../src/queries/simulations');
  const { refetchInterval } = simulationQuery('study');
  const after = refetchInterval as unknown as (query: object) => number | false;
  return after({ state: { data } });
}

test('a simulation that was deleted is none, and another refusal is one', async () => {
  expect(await ask(Response.json({}, { status: 404 }))).toBeNull();
  await expect(ask(Response.json({}, { status: 403 }))).rejects.toMatchObject({ status: 403 });
});

test('a simulation is asked for again as long as it is under way', async () => {
  expect(await askedAgain({ state: 'running' })).toBe(2000);
  expect(await askedAgain({ state: 'completed' })).toBe(false);
  // It was deleted, or has not come: who asked is told so, and asks again.
  expect(await askedAgain(null)).toBe(false);
  expect(await askedAgain(undefined)).toBe(false);
});
