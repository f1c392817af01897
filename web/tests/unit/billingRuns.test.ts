import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';

/** What the platform answers next, and what it was sent. */
const answers: object[] = [];
const sent: unknown[] = [];

// Modules of the page ask for a browser as they are loaded. Nobody is logged in.
vi.hoisted(() => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
});
vi.stubGlobal('fetch', async (asked: string | Request) => {
  if (typeof asked === 'string') return new Response(null, { status: 204 });
  sent.push(asked.method === 'GET' ? null : await asked.json());
  return Response.json(answers.shift());
});

const OPERATION = 'ACC00000101';
const run = (state: string) => ({ id: 'run', operation_id: OPERATION, state });

/** Whether lists are asked for anew once a run that was so is seen to be so. */
async function areListsOld(before: string, after: string): Promise<boolean | undefined> {
  const { runQuery } = await import('../../src/queries/runs');
  const queries = new QueryClient();
  queries.setQueryData(runQuery('run').queryKey, run(before) as never);
  queries.setQueryData(['documents', OPERATION, '2026-10'], []);
  answers.push(run(after));
  await queries.fetchQuery(runQuery('run'));
  return queries.getQueryState(['documents', OPERATION, '2026-10'])?.isInvalidated;
}

test('lists are asked for anew once the worker is done, though it was never seen at it', async () => {
  expect(await areListsOld('review', 'issued')).toBe(true);
  expect(await areListsOld('issuing', 'failed')).toBe(true);
  expect(await areListsOld('review', 'issuing')).toBe(false);
  expect(await areListsOld('review', 'review')).toBe(false);
});

test('documents are issued as of the day that was shown', async () => {
  const { issueRun } = await import('../../src/queries/runs');
  answers.push(run('issuing'));

  await issueRun('run', '2026-11-30');

  expect(sent.at(-1)).toEqual({ issue_date: '2026-11-30' });
});

test('a run is worth its press if it carries sums that the one before did not', async () => {
  const { carriesMore } = await import('../../src/words/runs');
  const carried = (...members: string[]) => ({
    anomalies: members.map((member_id) => ({ code: 'carried', member_id })),
  });

  expect(carriesMore(carried('anna'))).toBe(true);
  expect(carriesMore(carried('anna'), carried('anna', 'bruno') as never)).toBe(false);
  expect(carriesMore(carried('anna'), carried('bruno') as never)).toBe(true);
  expect(carriesMore({ anomalies: [{ code: 'zero', member_id: 'anna' }] })).toBe(false);
});
