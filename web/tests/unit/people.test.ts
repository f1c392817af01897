import { expect, test } from 'vitest';
import type { Enrolment } from '../../src/queries/enrolments';
import type { OperationPoint } from '../../src/queries/points';
import { byPhase, conditionsIn, daysInPhase, entryDay, ownSteps } from '../../src/words/enrolments';
import { nextStates } from '../../src/words/papers';
import { enrolmentOf, matching, peopleOf, stayAt } from '../../src/words/people';

function enrolment(content: Partial<Enrolment>): Enrolment {
  return {
    id: 'one',
    member_id: 'lucie',
    member_name: 'Lucie Brindille',
    prm: '99110000000101',
    point_label: 'Maison',
    direction: 'consumption',
    valid_from: '2027-01-01',
    valid_to: null,
    phase: 'prospect',
    allowed: [],
    steps: [{ number: 1, kind: 'add', day: '2026-11-20' }],
    leave_request: null,
    ...content,
  } as Enrolment;
}

function stay(content: Partial<OperationPoint>): OperationPoint {
  return {
    prm: '99110000000101',
    label: 'Maison',
    direction: 'consumption',
    member_id: 'lucie',
    member_name: 'Lucie Brindille',
    valid_from: '2026-01-01',
    valid_to: null,
    ...content,
  } as OperationPoint;
}

test('in a phase, who has waited for longest comes first', () => {
  const days = (id: string, day: string) =>
    enrolment({ id, steps: [{ number: 1, kind: 'add', day }] as Enrolment['steps'] });
  const phases = byPhase([days('late', '2026-11-28'), days('early', '2026-11-02')]);

  expect(phases.get('prospect')?.map(({ id }) => id)).toEqual(['early', 'late']);
  expect(phases.get('signed')).toBeUndefined();
});

test('a phase begins by a step, or by the calendar', () => {
  const now = new Date('2026-11-30T12:00:00Z');

  expect(daysInPhase(enrolment({}), now)).toBe(10);
  // Declared in November, it takes part since the day before yesterday.
  expect(daysInPhase(enrolment({ phase: 'active', valid_from: '2026-11-28' }), now)).toBe(2);
  expect(daysInPhase(enrolment({ phase: 'left', valid_to: '2026-11-29' }), now)).toBe(1);
});

test('only what an organiser may do has a button', () => {
  expect(ownSteps({ allowed: ['withdraw', 'sign'] })).toEqual(['sign', 'withdraw']);
  expect(ownSteps({ allowed: [] })).toEqual([]);
});

test('an entry is planned for the first of a month that leaves time to sign and declare', () => {
  expect(entryDay('2026-11-30')).toBe('2027-01-01');
  expect(entryDay('2026-12-04')).toBe('2027-01-01');
  expect(entryDay('2026-12-05')).toBe('2027-02-01');
});

test('what is missing for a step is told by name', () => {
  expect(conditionsIn({ conditions: [{ name: 'agreement-signed', what: 'None.' }] })).toEqual([
    'agreement-signed',
  ]);
  expect(conditionsIn({})).toEqual([]);
});

test('people have their points, each once with all its stays, and their ways in', () => {
  const people = peopleOf(
    [
      stay({ valid_to: '2026-03-01' }),
      stay({ valid_from: '2026-06-01' }),
      stay({ member_id: 'commune', member_name: 'Commune', prm: '99110000000102' }),
    ],
    [enrolment({}), enrolment({ member_id: 'ana', member_name: 'Ana' })],
  );

  expect(people.map(({ name }) => name)).toEqual(['Ana', 'Commune', 'Lucie Brindille']);
  const [ana, , lucie] = people;
  expect(ana?.points).toEqual([]);
  expect(lucie?.points.map(({ stays }) => stays.length)).toEqual([2]);
  expect(lucie?.enrolments).toHaveLength(1);
  const [point] = lucie?.points ?? [];
  expect(point && stayAt(point, '2026-04-01')?.valid_from).toBe('2026-06-01');
});

test('whoever gave up coming in, and is here by nothing else, is not among people', () => {
  const gaveUp = { phase: 'withdrawn', member_name: null } as const;

  const people = peopleOf([stay({})], [enrolment({ ...gaveUp, member_id: 'ana' })]);
  const byDay = byPhase([enrolment(gaveUp), enrolment({ ...gaveUp, member_name: 'Ana' })]);

  expect(people.map(({ name }) => name)).toEqual(['Lucie Brindille']);
  expect(byDay.get('withdrawn')?.map(({ member_name }) => member_name)).toEqual([null, 'Ana']);
});

test('a search finds names, points and numbers, whatever their accents', () => {
  const people = peopleOf(
    [stay({ member_name: 'Éléonore' }), stay({ member_id: 'x', label: 'École', prm: '2' })],
    [],
  );

  expect(matching(people, 'eleo')).toHaveLength(1);
  expect(matching(people, ' ECOLE')).toHaveLength(1);
  expect(matching(people, '0101')).toHaveLength(1);
  expect(matching(people, '')).toHaveLength(2);
});

test('a stay is led by the enrolment of its first day, unless that was given up', () => {
  const led = enrolment({ valid_from: '2026-01-01', phase: 'active' });

  expect(enrolmentOf(stay({}), [led])).toBe(led);
  expect(enrolmentOf(stay({}), [{ ...led, phase: 'withdrawn' }])).toBeUndefined();
  expect(enrolmentOf(stay({ valid_from: '2026-02-01' }), [led])).toBeUndefined();
});

test('a version is signed or declined once', () => {
  const paper = (state: string, versions = [{ number: 1 }]) =>
    ({ state, versions }) as Parameters<typeof nextStates>[0];

  expect(nextStates(paper('draft'))).toEqual(['sent', 'signed', 'declined']);
  expect(nextStates(paper('draft', []))).toEqual([]);
  expect(nextStates(paper('sent'))).toEqual(['signed', 'declined']);
  expect(nextStates(paper('signed'))).toEqual([]);
});
