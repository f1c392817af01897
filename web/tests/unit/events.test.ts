import { expect, test, vi } from 'vitest';
import guide from '../../../docs/build/events.md?raw';
import { eventWords } from '../../src/messages/staff/events';
import { kindsOf, type ParkedEvent, replay } from '../../src/queries/parkedEvents';
import { eventName, failureText } from '../../src/words/events';

// Modules of the page ask for a browser as they are loaded.
const answerTo = vi.hoisted(() => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
  const fetch = vi.fn();
  vi.stubGlobal('fetch', fetch);
  return fetch;
});

const event = (id: string, changes: Partial<ParkedEvent> = {}): ParkedEvent => ({
  id,
  service: 'billing',
  type: 'community.member_recorded.v1',
  key: `of ${id}`,
  failure: 'IntegrityError',
  attempts: 3,
  parked_at: '2026-11-30T10:00:00Z',
  ...changes,
});

test('each event that there is has words in both languages', () => {
  const types = [...guide.matchAll(/^## ([a-z_.]+)\.v\d+$/gm)].map(([, type]) => type);

  expect(types.length).toBeGreaterThan(20);
  expect(Object.keys(eventWords.fr.types).sort()).toEqual(types.sort());
  expect(Object.keys(eventWords.en.types)).toEqual(Object.keys(eventWords.fr.types));
});

test('what nobody foresaw is told as the service tells it', () => {
  expect(eventName('community.news_made.v1', 'en')).toBe('community.news_made.v1');
  expect(eventName('', 'en')).toBe('An event that cannot be read');
  expect(failureText('ZeroDivisionError', 'en')).toContain('ZeroDivisionError');
});

test('events of one service and one reason are together, the oldest first', () => {
  const early = event('early', { parked_at: '2026-11-29T10:00:00Z' });
  const [late, other] = [event('late'), event('other', { failure: 'KeyError' })];
  const elsewhere = event('elsewhere', { service: 'ingest' });

  expect(kindsOf([late, other, early, elsewhere])).toEqual([[early, late], [other], [elsewhere]]);
});

const refusal = (slug: string, facts: object, status: number) =>
  Response.json({ type: `/problems/${slug}`, title: slug, status, ...facts }, { status });

test('one that fails again keeps no other from being tried', async () => {
  answerTo.mockImplementation(async (asked: Request | string) => {
    // Nobody is logged in.
    if (typeof asked === 'string') return new Response(null, { status: 204 });
    const { url } = asked;
    if (url.includes('/two/')) return refusal('event-fails-again', { failure: 'KeyError' }, 409);
    if (url.includes('/three/')) return refusal('parked-event-unknown', {}, 404);
    return new Response(null, { status: 204 });
  });
  const counts: number[] = [];

  const replayed = await replay([event('one'), event('two'), event('three')], (count) =>
    counts.push(count),
  );

  expect(replayed).toEqual({ taken: 2, failures: ['KeyError'] });
  expect(counts).toEqual([1, 2, 3]);
});
