import { expect, test, vi } from 'vitest';
import guide from '../../../docs/run/operations-guide.md?raw';
import rules from '../../../docs/use/validation-rules.md?raw';
import { staffRefusals } from '../../src/messages/refusals/staff';
import { staffHomeWords } from '../../src/messages/staff/home';
import { quarantineWords } from '../../src/messages/staff/quarantine';
import { type Change, mergedChanges } from '../../src/queries/audit';
import type { Me } from '../../src/queries/me';
import { daysSince } from '../../src/words/ages';
import { fieldChanges } from '../../src/words/changes';
import { fileOf, placeInFile } from '../../src/words/positions';
import { sizeOf } from '../../src/words/sizes';
import { placeOf } from '../../src/words/waiting';

const STAFF = { organised: [], roles: ['operator'], profile: null } as unknown as Me;

// Modules of the page ask for a browser as they are loaded.
vi.hoisted(() => {
  vi.stubGlobal('window', {
    location: { origin: 'http://localhost' },
    matchMedia: () => ({ matches: false }),
  });
});

test('whatever the operations guide says may wait has words, and what has words may wait', () => {
  const [, table = ''] = guide.split('## What waits today');
  const rows = table.split('\n## ')[0]?.match(/^\| `.*? \|/gm) ?? [];
  const kinds = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, kind]) => kind));

  expect(kinds.length).toBeGreaterThan(10);
  expect(Object.keys(staffHomeWords.fr.kinds).sort()).toEqual(kinds.sort());
  expect(Object.keys(staffHomeWords.en.kinds)).toEqual(Object.keys(staffHomeWords.fr.kinds));
});

test('one of something and several are told apart', () => {
  const { title } = staffHomeWords.fr.kinds.months_late ?? {};

  expect(title?.(1)).toBe('1\u00a0mois aurait dû être clos');
  expect(title?.(2)).toBe('2\u00a0mois auraient dû être clos');
});

test('what waits leads to where one goes on, where there is a page', () => {
  expect(placeOf({ kind: 'erasures_requested', first: [] })).toEqual({ to: '/staff/erasures' });
  expect(placeOf({ kind: 'messages_failed', first: [] })).toEqual({
    to: '/staff/messages',
    search: { which: 'lost' },
  });
  expect(placeOf({ kind: 'deadlines_due', first: [] })).toEqual({ to: '/o' });
  expect(placeOf({ kind: 'events_parked', first: [] })).toEqual({ to: '/staff/events' });
  expect(placeOf({ kind: 'sources_silent', first: [] })).toEqual({ to: '/staff/missing' });
  expect(placeOf({ kind: 'deliveries_refused', first: [] })).toEqual({
    to: '/staff/deliveries',
    search: { status: 'refused' },
  });
  expect(
    placeOf({
      kind: 'settlements_outdated',
      first: ['/allocation/operations/ACC00000101/settlements?month=2026-10'],
    }),
  ).toEqual({
    to: '/o/$operation/months/$month',
    params: { operation: 'ACC00000101', month: '2026-10' },
  });
  expect(placeOf({ kind: 'a_kind_to_come', first: [] })).toBeNull();
});

test('refusals of what staff do have words in both languages', async () => {
  const { default: slugs } = await import('../../src/api/schema/slugs.json');
  const known = Object.keys(staffRefusals.fr);

  expect(known.length).toBeGreaterThan(10);
  expect(known.filter((slug) => !(slug in slugs))).toEqual([]);
  expect(Object.keys(staffRefusals.en)).toEqual(known);
});

test('staff find their places wherever they look after something, and nobody else does', async () => {
  const { placeAt, placesOf } = await import('../../src/pages/Navigation');
  const words = (me: Me, pathname: string) => placesOf(me, pathname).map(({ word }) => word);
  const ofStaff = words(STAFF, '/staff');

  expect(ofStaff).toEqual(['today', 'requests', 'files', 'operations', 'accounts', 'me']);
  expect(words(STAFF, '/me')).toEqual(ofStaff);
  expect(words(STAFF, '/o/ACC00000101')).toContain('today');
  const too = { ...STAFF, profile: {} } as Me;
  expect(words(too, '/o')).toEqual(ofStaff);
  expect(words(too, '/month/2026-10')).not.toContain('today');
  const organiser = { ...STAFF, roles: ['organiser'], organised: [{ id: 'ACC00000101' }] } as Me;
  expect(words(organiser, '/staff')).not.toContain('today');
  expect(placeAt('/staff', placesOf(STAFF, '/staff'))).toBe('today');
  expect(placeAt('/staff/quarantine', placesOf(STAFF, '/staff'))).toBe('files');
  expect(placeAt('/staff/requests/0b9a8e52', placesOf(STAFF, '/staff'))).toBe('requests');
});

test('on a phone there are at most five places, the others under the last one', async () => {
  const { parted, placesOf } = await import('../../src/pages/Navigation');
  const words = (isPhone: boolean, pathname: string) =>
    parted(placesOf(STAFF, pathname), isPhone).map((places) => places.map(({ word }) => word));

  expect(words(true, '/staff')).toEqual([
    ['today', 'requests', 'files', 'operations'],
    ['accounts', 'me'],
  ]);
  expect(words(false, '/staff')[1]).toEqual([]);
  const [shown, rest] = words(true, '/o/ACC00000101');
  expect(shown).toHaveLength(4);
  expect(shown?.[0]).toBe('homeOfOperation');
  expect(rest?.at(-1)).toBe('me');
});

test('what is kept out has a reason in words, whatever the code is', () => {
  const codes = [...rules.matchAll(/^(?:## |\| )`([a-z-]+)`(?: \| [^|]* \|)?$/gm)].map(
    ([, code]) => code,
  );
  // Nothing is there to be kept out of a gap.
  const kept = codes.filter((code) => code !== 'gap');

  expect(kept.length).toBeGreaterThan(20);
  expect(Object.keys(quarantineWords.fr.code).sort()).toEqual(kept.sort());
  expect(Object.keys(quarantineWords.en.code)).toEqual(Object.keys(quarantineWords.fr.code));
});

test('a line of a file is told in the reader’s language, what is no line as it is', () => {
  expect(placeInFile('R63.csv line 5258', 'fr')).toBe('ligne\u00a05258');
  expect(fileOf('R63.csv line 5258')).toBe('R63.csv');
  expect(placeInFile('line 4', 'en')).toBe('line\u00a04');
  expect(fileOf('line 4')).toBeNull();
  expect(placeInFile('curves[0].readings[3]', 'fr')).toBe('curves[0].readings[3]');
});

test('the size of a file is told in units that one reads', () => {
  expect(sizeOf(216, 'fr')).toBe('1\u00a0Kio');
  expect(sizeOf(119_948, 'en')).toBe('118\u00a0KiB');
  expect(sizeOf(5 * 1024 ** 2, 'fr')).toBe('5,0\u00a0Mio');
});

test('the logs of four services are one, as far as all of them are known', () => {
  const change = (service: string, position: number, at: string) =>
    ({ service, position, at }) as unknown as Change;
  const first = {
    changes: [
      change('community', 9, '2026-11-30T10:00:00Z'),
      change('community', 8, '2026-11-30T08:00:00Z'),
      change('billing', 3, '2026-11-30T09:00:00Z'),
      change('billing', 2, '2026-11-30T07:00:00Z'),
    ],
    oldest: { community: { position: 8, at: '2026-11-30T08:00:00Z' } },
  };
  const positions = (pages: Parameters<typeof mergedChanges>[0]) =>
    mergedChanges(pages).map(({ position }) => position);

  // The community may have more between eight and seven o'clock.
  expect(positions([first])).toEqual([9, 3, 8]);
  const last = { changes: [change('community', 7, '2026-11-30T07:30:00Z')], oldest: {} };
  expect(positions([first, last])).toEqual([9, 3, 8, 7, 2]);
});

test('a change tells each of its fields before and after', () => {
  expect(
    fieldChanges(
      { disabled: false, password: '(secret)' },
      { disabled: true, password: '(secret)' },
    ),
  ).toEqual([
    { field: 'disabled', before: 'false', after: 'true' },
    { field: 'password', before: '(secret)', after: '(secret)' },
  ]);
  expect(fieldChanges(null, { roles: ['member'], member_id: null })).toEqual([
    { field: 'roles', before: undefined, after: '["member"]' },
  ]);
});

test('an age is counted in days of Paris', () => {
  const now = new Date('2026-11-30T00:30:00+01:00');

  expect(daysSince('2026-11-29T23:10:00Z', now)).toBe(0);
  expect(daysSince('2026-11-29T22:50:00Z', now)).toBe(1);
  expect(daysSince('2026-10-24T12:00:00Z', now)).toBe(37);
});

const WELL = { problems: [], warnings: [], parked: 0 };

/** The platform answers so, by path; what is not named is a page, as the gateway answers. */
function answerHealth(answers: Record<string, Response>): void {
  vi.stubGlobal('fetch', async (path: string) => answers[path] ?? new Response('<!doctype html>'));
}

async function askHealth() {
  const { healthQuery } = await import('../../src/queries/health');
  return (healthQuery.queryFn as () => Promise<object>)();
}

test('health is asked for once where one process has all services, failing ones too', async () => {
  const services = { community: WELL, billing: { ...WELL, problems: ['database: OSError'] } };
  answerHealth({ '/health': Response.json({ services }, { status: 503 }) });

  expect(await askHealth()).toEqual(services);
});

test('behind the gateway each service tells its own health, and one that is away is missing', async () => {
  answerHealth({
    '/health/community': Response.json({ services: { community: WELL } }),
    '/health/ingest': Response.json({ services: { ingest: WELL } }),
    '/health/billing': Response.json({ title: 'The service does not answer' }, { status: 502 }),
  });

  expect(await askHealth()).toEqual({ community: WELL, ingest: WELL });
});
