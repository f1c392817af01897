import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { problemTold } from '../../src/api/problem';
import { codeWords } from '../../src/messages/running/codes';
import { deadlineWords } from '../../src/messages/running/deadlines';
import { lateOf } from '../../src/queries/alerts';
import type { Lack } from '../../src/queries/completeness';
import type { Deadline } from '../../src/queries/deadlines';
import type { Me } from '../../src/queries/me';
import type { Member, Perimeter } from '../../src/queries/perimeters';
import type { RunDocument } from '../../src/queries/runs';
import { blockerText, draftBlockers, mendedBy, mendedOn } from '../../src/words/codes';
import { daysOfMonth, lastMonthOver, monthLater } from '../../src/words/dates';
import { daysText, rangesOf } from '../../src/words/dayRanges';
import { placeOf, taskOf } from '../../src/words/deadlines';
import { namesIn, pointsText, shortened } from '../../src/words/pointNames';
import { lookedAtFirst, totalOf } from '../../src/words/runs';

// Modules of the page ask for a browser as they are loaded.
vi.hoisted(() => {
  vi.stubGlobal('window', {
    location: { origin: 'http://localhost' },
    matchMedia: () => ({ matches: false }),
  });
});

const plain = (text: string) => text.replace(/\s/gu, ' ');

const organiser = {
  organised: [
    { id: 'ACC00000101', name: 'Pousse-Soleil' },
    { id: 'ACC00000202', name: 'Trois Toits' },
  ],
  roles: ['organiser'],
  profile: null,
} as unknown as Me;
const member = { organised: [], roles: ['member'], profile: {} } as unknown as Me;
const staff = { organised: [], roles: ['operator'], profile: null } as unknown as Me;

test('what one may not do is no place to go to', async () => {
  const { placesOf } = await import('../../src/pages/Navigation');
  const words = (me: Me, pathname: string) => placesOf(me, pathname).map(({ word }) => word);

  expect(words(member, '/month/2026-10')).toEqual(['month', 'day', 'invoices', 'together', 'me']);
  expect(words(member, '/o/ACC00000101')).toEqual(words(member, '/month/2026-10'));
  expect(words(organiser, '/me')).toEqual(['operations', 'together', 'me']);
  expect(words(staff, '/o/ACC00000101')).toContain('close');
  expect(words(organiser, '/o/ACC00000999')).not.toContain('close');
  const one = { ...organiser, organised: organiser.organised.slice(0, 1) };
  expect(words(one, '/o/ACC00000101')).toEqual([
    'homeOfOperation',
    'close',
    'people',
    'keys',
    'bills',
    'together',
    'settings',
    'me',
  ]);
});

test('the place where one is, is marked once', async () => {
  const { placeAt, placesOf } = await import('../../src/pages/Navigation');
  const place = (me: Me, pathname: string) => placeAt(pathname, placesOf(me, pathname));

  expect(place(organiser, '/o')).toBe('operations');
  expect(place(organiser, '/o/ACC00000101')).toBe('homeOfOperation');
  expect(place(organiser, '/o/ACC00000101/months/2026-10')).toBe('close');
  expect(place(organiser, '/o/ACC00000101/bills/prices')).toBe('bills');
  expect(place(organiser, '/o/ACC00000101/payments/books')).toBe('bills');
  expect(place(organiser, '/o/ACC00000101/together/news/new')).toBe('together');
  expect(place(organiser, '/o/ACC00000101/setup/prices')).toBe('settings');
  expect(place(organiser, '/operations')).toBeUndefined();
  expect(place(member, '/production/day/2026-10-10')).toBe('day');
});

test('months follow each other over a year’s end', () => {
  expect([monthLater('2026-01', -1), monthLater('2026-12', 1)]).toEqual(['2025-12', '2027-01']);
  // In Paris it is January already.
  expect(lastMonthOver(new Date('2026-12-31T23:30:00Z'))).toBe('2026-12');
  expect(daysOfMonth('2026-02')).toHaveLength(28);
});

function task(kind: Deadline['kind'], content: Partial<Deadline> = {}): Deadline {
  return { kind, operation_id: 'ACC00000101', month: null, ...content } as Deadline;
}

test('a month is there to be closed once it is over', () => {
  const [lastDay, next] = [new Date('2026-11-30T12:00:00Z'), new Date('2026-12-01T12:00:00Z')];
  const november = task('month_to_close', { month: '2026-11' });

  expect(placeOf(november, lastDay)).toBeNull();
  expect(placeOf(november, next)).toEqual({
    to: '/o/$operation/months/$month',
    params: { operation: 'ACC00000101', month: '2026-11' },
  });
});

test('each task leads to the page where it is done, by the verb that it begins with', () => {
  const params = { operation: 'ACC00000101' };
  const declarations = { to: '/o/$operation/people/declarations', params };
  const paper = '/community/operations/ACC00000101/documents/3f2a';

  expect(placeOf(task('coefficients_to_send', { month: '2026-10' }))).toEqual({
    to: '/o/$operation/keys/coefficients',
    params,
    search: { month: '2026-10' },
  });
  expect(placeOf(task('entry_to_declare'))).toEqual(declarations);
  expect(placeOf(task('exit_to_declare'))).toEqual(declarations);
  expect(placeOf(task('point_left'))).toEqual(declarations);
  expect(placeOf(task('leave_to_record'))).toEqual({ to: '/o/$operation/people', params });
  expect(placeOf(task('document_to_renew', { link: paper }))).toEqual({
    to: '/o/$operation/people/documents/$document',
    params: { ...params, document: '3f2a' },
  });
  expect(placeOf(task('convention_to_renew'))).toEqual({ to: '/o/$operation/settings', params });
  expect(placeOf(task('siren_to_record', { link: '/community/members/7c1e' }))).toEqual({
    to: '/o/$operation/people/members/$member',
    params: { ...params, member: '7c1e' },
  });
  for (const language of ['fr', 'en'] as const) {
    for (const [kind, verb] of Object.entries(deadlineWords[language].go)) {
      expect(taskOf(task(kind as Deadline['kind']), language).split(' ')[0]).toBe(verb);
    }
  }
});

test('days that follow each other are one range', () => {
  expect(rangesOf(['2026-10-31', '2026-11-01', '2026-11-10'])).toEqual([
    { from: '2026-10-31', to: '2026-11-01' },
    { from: '2026-11-10', to: '2026-11-10' },
  ]);
  expect(plain(daysText(['2026-11-10', '2026-11-11', '2026-11-20'], 'en'))).toBe(
    '10 Nov – 11 Nov, 20 Nov',
  );
});

const participation = (prm: string, member_id: string) => ({ prm, member_id });
const names = namesIn(
  {
    participations: [
      participation('99110000000101', 'commune'),
      participation('99110000000102', 'commune'),
      participation('99110000000108', 'lucie'),
      participation('99110000000108', 'lucie'),
    ],
  } as unknown as Perimeter,
  [
    { id: 'commune', name: 'Commune de Pousselac-sur-Aurelle' },
    { id: 'lucie', name: 'Lucie Brindille' },
  ] as Member[],
);

test('a point is called by its member, and by its digits where they have several', () => {
  expect(names.ofPoint('99110000000108')).toBe('Lucie Brindille');
  expect(names.ofPoint('99110000000101')).toBe('Commune de Pousselac-sur-Aurelle ·\u00a0…0101');
  expect(names.ofPoint('99110000000999')).toBe('99110000000999');
  expect(shortened('Commune de Pousselac-sur-Aurelle ·\u00a0…0101', 16)).toBe('Commune de …0101');
  expect(shortened('Le Fournil des Deux Tuiles, SARL', 10)).toBe('Le Fourni…');
});

test('a sentence names a few points and counts the others', () => {
  const points = ['1', '2', '3', '4', '5', '5'].map((prm) => ({ prm }));

  expect(plain(pointsText(points, names, 'fr'))).toBe('1, 2, 3 et 2 autres points');
  expect(pointsText(points.slice(0, 1), names, 'fr')).toBe('1');
});

test('a blocker is told in words, with where it is mended', () => {
  const blocker = {
    code: 'readings-incomplete',
    detail: '144 readings of 99110000000108 (consumption) are missing on 2026-11-10.',
    prm: '99110000000108',
    days: ['2026-11-10'],
  };

  expect(plain(blockerText(blocker, names, 'fr'))).toBe(
    'Il manque des mesures de Lucie Brindille, 10 nov.',
  );
  expect(mendedBy(blocker)).toBe('data');
  expect(mendedBy({ code: 'price-missing' })).toBeUndefined();
  expect(mendedOn({ code: 'price-missing' })).toEqual({ page: 'prices', member: '' });
  const identity = { code: 'identity-missing', member_id: 'of the seller' };
  expect(mendedOn(identity)).toEqual({ page: 'seller', member: 'of the seller' });
  expect(mendedOn({ code: 'accise-undecided' })?.page).toBe('taxes');
  expect(mendedOn(blocker)).toBeUndefined();
  // One that a younger platform has: better in English than not at all.
  expect(blockerText({ code: 'younger', detail: 'No such price.' }, names, 'fr')).toBe(
    'No such price.',
  );
});

test('a refused preview says what keeps the month from being drafted, whatever it is', () => {
  const blockers = [{ code: 'settlement-missing', month: '2026-11' }];

  expect(draftBlockers(problemTold({ type: '/problems/drafts-blocked', blockers }))).toBe(blockers);
  expect(draftBlockers(problemTold({ type: '/problems/hours-not-set' }))).toBeUndefined();
  expect(draftBlockers(null)).toBeUndefined();
});

test('each anomaly that billing finds has words, and none that it does not', () => {
  const source = join(import.meta.dirname, '../../../services/billing/domain/drafts/anomalies.py');
  const codes = [...readFileSync(source, 'utf8').matchAll(/^ {4}[A-Z_]+ = "([a-z-]+)"$/gm)];

  expect(Object.keys(codeWords.fr.anomalies)).toEqual(codes.map(([, code]) => code));
});

test('points that wait are counted once, from the first day that one of them lacks', () => {
  const lack = (prm: string, from_day: string) =>
    ({ prm, direction: 'consumption', from_day }) as Lack;
  const missing = [lack('1', '2026-11-16'), lack('1', '2026-11-10'), lack('2', '2026-11-16')];

  expect(lateOf(missing, '2026-11')).toEqual([
    { kind: 'late', month: '2026-11', points: 2, since: '2026-11-10' },
  ]);
  expect(lateOf([], '2026-11')).toEqual([]);
});

test('what is unusual in a run is read first, and a credit note takes its sum back', () => {
  const document = (customer_name: string, anomalies: object[], content: object = {}) =>
    ({
      customer_name,
      anomalies,
      kind: 'invoice',
      total_incl_vat_cents: 100,
      ...content,
    }) as unknown as RunDocument;
  const documents = [
    document('Marius', []),
    document('Anselme', []),
    document('Odette', [{}], { kind: 'credit_note', total_incl_vat_cents: 30 }),
  ];

  expect(lookedAtFirst(documents).map(({ customer_name }) => customer_name)).toEqual([
    'Odette',
    'Anselme',
    'Marius',
  ]);
  expect(totalOf(documents)).toBe(170);
});
