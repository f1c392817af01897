import { expect, test } from 'vitest';
import type { Challenge } from '../../src/queries/challenges';
import type { Paper } from '../../src/queries/documentDesk';
import type { Attendance, FullReply } from '../../src/queries/gatheringDesk';
import type { Gathering, Minutes } from '../../src/queries/gatherings';
import type { Article } from '../../src/queries/news';
import type { Perimeter } from '../../src/queries/perimeters';
import type { Poll } from '../../src/queries/polls';
import { audienceOf } from '../../src/words/audiences';
import { CLOCK_TIMES, challengeIn } from '../../src/words/challengeForms';
import { decisionsIn, gatheringIn, ruleOf } from '../../src/words/gatheringForms';
import { guestListOf } from '../../src/words/guestLists';
import { papersByState } from '../../src/words/papers';
import { clockAt, instantAt } from '../../src/words/parisClock';
import { optionsIn, pollIn } from '../../src/words/pollForms';
import { tasksIn } from '../../src/words/togetherTasks';

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(fields)) form.set(name, text);
  return form;
}

test('hours are those of Paris, in winter and in summer', () => {
  expect(instantAt('2027-01-14T19:00')).toBe('2027-01-14T18:00:00.000Z');
  expect(instantAt('2027-07-14T19:00')).toBe('2027-07-14T17:00:00.000Z');
  expect(clockAt('2027-07-14T17:00:00Z')).toBe('2027-07-14T19:00');
  // Twice that night: the first one, of summer time.
  expect(instantAt('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
  // What stands already stays as it is: its second, and which of the two.
  expect(instantAt('2026-10-25T02:30', '2026-10-25T01:30:40Z')).toBe('2026-10-25T01:30:40Z');
  expect(instantAt('2026-10-25T02:31', '2026-10-25T01:30:40Z')).toBe('2026-10-25T00:31:00.000Z');
  // That no clock shows.
  expect(clockAt(instantAt('2027-03-28T02:30'))).toBe('2027-03-28T03:30');
});

const stay = (
  member_id: string,
  direction: string,
  valid_from: string,
  valid_to: string | null,
) => ({
  member_id,
  direction,
  valid_from,
  valid_to,
});

test('who something is for takes part that day on the side meant, once', () => {
  const perimeter = {
    participations: [
      stay('commune', 'consumption', '2026-01-01', null),
      stay('commune', 'consumption', '2026-01-01', null),
      stay('commune', 'production', '2026-01-01', null),
      stay('lucie', 'consumption', '2026-01-01', '2026-11-01'),
      stay('idris', 'consumption', '2027-01-01', null),
    ],
  } as unknown as Perimeter;
  const day = '2026-10-31';

  expect(audienceOf(perimeter, 'everybody', day)).toEqual(['commune', 'lucie']);
  expect(audienceOf(perimeter, 'producers', day)).toEqual(['commune']);
  expect(audienceOf(perimeter, 'organisers', day)).toEqual([]);
  // The day of the end is no day of theirs.
  expect(audienceOf(perimeter, 'consumers', '2026-11-01')).toEqual(['commune']);
});

const now = new Date('2026-11-30T12:00:00Z');

test('what has to be gone on with is told, what cannot wait first', () => {
  const gathering = (id: string, state: Gathering['state'], day: string) =>
    ({
      id,
      state,
      title: id,
      starts_at: `${day}T18:00:00Z`,
      ends_at: `${day}T20:00:00Z`,
    }) as Gathering;
  const poll = (id: string, state: Poll['state'], closes_at: string) =>
    ({ id, state, question: id, opens_at: '2026-11-01T00:00:00Z', closes_at }) as Poll;
  const minutes = (published_at: string | null) => [{ published_at }] as Minutes[];

  const tasks = tasksIn(
    {
      gatherings: [
        gathering('without', 'held', '2026-11-20'),
        gathering('unpublished', 'held', '2026-11-19'),
        gathering('told', 'held', '2026-11-18'),
        gathering('not asked yet', 'held', '2026-11-17'),
        gathering('forgotten', 'held', '2026-01-17'),
        gathering('planned', 'draft', '2026-12-17'),
        gathering('too late', 'draft', '2026-11-17'),
        gathering('invited', 'announced', '2026-12-17'),
      ],
      minutes: new Map([
        ['without', []],
        ['unpublished', minutes(null)],
        ['told', minutes('2026-11-18T22:00:00Z')],
      ]),
      polls: [
        poll('ends', 'open', '2026-12-01T12:00:00Z'),
        poll('goes on', 'open', '2026-12-20T12:00:00Z'),
        poll('drafted', 'draft', '2026-12-20T12:00:00Z'),
      ],
      articles: [
        { id: 'written', title: 'written', state: 'draft' },
        { id: 'read', title: 'read', state: 'published' },
      ] as Article[],
      challenges: [
        { id: 'noon', title: 'noon', state: 'draft', first_day: '2026-12-07' },
      ] as Challenge[],
    },
    now,
  );

  expect(tasks.map(({ kind, id }) => [kind, id])).toEqual([
    ['vote_ends', 'ends'],
    ['minutes_to_write', 'without'],
    ['minutes_to_publish', 'unpublished'],
    ['gathering_to_announce', 'planned'],
    ['poll_to_open', 'drafted'],
    ['article_to_publish', 'written'],
    ['challenge_to_announce', 'noon'],
  ]);
});

test('a gathering is what was filled in: rows that are empty are none', () => {
  const form = formOf({
    title: ' Assemblée ',
    place: 'Salle des fêtes\r\n99110 Aurelle',
    starts_at: '2027-01-14T19:00',
    ends_at: '2027-01-14T21:00',
    capacity: '60',
    'agenda/0/title': 'Les comptes',
    'agenda/0/minutes': '20',
    'agenda/2/speaker': 'Lucie',
  });

  const gathering = gatheringIn(form, {
    operation_id: 'ACC00000101',
    kind: 'assembly',
    audience: 'everybody',
    facilitator_ids: ['', 'lucie'],
    subjects: 3,
  });

  expect(gathering).toMatchObject({
    title: 'Assemblée',
    place: 'Salle des fêtes\n99110 Aurelle',
    url: null,
    starts_at: '2027-01-14T18:00:00.000Z',
    capacity: 60,
    max_guests: 0,
    reply_by: null,
    remind_days: null,
    facilitator_ids: ['lucie'],
    agenda: [{ title: 'Les comptes', minutes: 20, speaker: null }],
  });
  expect(
    decisionsIn(formOf({ 'decisions/1/text': 'Oui.', 'decisions/1/poll_id': 'noon' }), 2),
  ).toEqual([{ text: 'Oui.', poll_id: 'noon' }]);
});

test('a series comes back on the day of the week of its first', () => {
  expect(ruleOf('fortnightly', '2027-01-14T19:00', 5)).toEqual({
    frequency: 'weekly',
    interval: 2,
    weekdays: ['TH'],
    count: 5,
  });
  expect(ruleOf('monthly', '2027-01-14T19:00', 5)).toMatchObject({ weekdays: ['TH'], nth: 2 });
  // A fifth Thursday is not in each month.
  expect(ruleOf('monthly', '2027-04-29T19:00', 5)).toMatchObject({ weekdays: ['TH'], nth: -1 });
});

test('each is once on the list of guests, who comes first', () => {
  const reply = (member_id: string, name: string, answer: FullReply['answer']) =>
    ({ member_id, name, answer }) as FullReply;
  const guests = guestListOf(
    ['silent', 'coming'],
    [reply('declined', 'Anne', 'no'), reply('coming', 'Zoé', 'yes')],
    [{ member_id: 'stranger', name: 'Élie', guests: 1 } as Attendance],
    (id) => (id === 'silent' ? 'Bruno' : id),
  );

  expect(guests.map(({ id, name }) => [id, name])).toEqual([
    ['coming', 'Zoé'],
    ['silent', 'Bruno'],
    ['stranger', 'Élie'],
    ['declined', 'Anne'],
  ]);
  expect(guests.filter(({ present }) => present)).toHaveLength(1);
});

test('an option keeps its id as others come and go', () => {
  const options = optionsIn('Pour\nContre\n', []);
  expect(options).toEqual([
    { id: 'option-1', label: 'Pour' },
    { id: 'option-2', label: 'Contre' },
  ]);
  const more = optionsIn(' Blanc \nPour\nContre', options);
  expect(more.map(({ id, label }) => `${id} ${label}`)).toEqual([
    'option-3 Blanc',
    'option-1 Pour',
    'option-2 Contre',
  ]);
  // The same twice is two options, which the platform may refuse.
  expect(new Set(optionsIn('Oui\nOui', []).map(({ id }) => id)).size).toBe(2);
});

test('a vote is sent without what its method does not know', () => {
  const form = formOf({ question: 'Oui ?', max_choices: '3', opens_at: '', closes_at: '' });
  form.set('opens_at', '2027-01-14T19:00');
  form.set('closes_at', '2027-01-21T19:00');
  const options = [{ id: 'option-1', label: 'Pour' }];
  const chosen = {
    ballot_mode: 'secret',
    weighting: 'given',
    quorum: null,
    key_id: null,
    options,
    adopting_option: 'option-1',
  } as const;

  expect(pollIn(form, { ...chosen, method: 'consent' })).toMatchObject({
    options: [],
    adopting_option: null,
    max_choices: 1,
    weighting: 'one_each',
  });
  expect(pollIn(form, { ...chosen, method: 'multiple', ballot_mode: 'open' })).toMatchObject({
    options,
    adopting_option: 'option-1',
    max_choices: 3,
    weighting: 'given',
  });
});

test('a challenge has the days that are ticked and the windows that are whole', () => {
  const form = formOf({ title: 'À midi', MO: 'on', SU: 'on', target_percent: '10' });
  const windows = [
    { start: '11:00', end: '15:00' },
    { start: '22:00', end: '' },
  ];

  expect(challengeIn(form, { kind: 'use_more', windows })).toMatchObject({
    weekdays: ['MO', 'SU'],
    windows: windows.slice(0, 1),
    baseline_weeks: 4,
    freeze_after_days: 10,
  });
  expect([CLOCK_TIMES[0], CLOCK_TIMES[23], CLOCK_TIMES.at(-1)]).toEqual([
    '00:00',
    '11:30',
    '24:00',
  ]);
});

test('papers are looked for by title or member, and come by what became of them', () => {
  const paper = (title: string, state: Paper['state']) => ({ title, state }) as Paper;
  const papers = [paper('Contrat', 'signed'), paper('Accord B', 'sent'), paper('Accord A', 'sent')];
  const titles = (sought: string) =>
    papersByState(papers, () => 'Zoé Faîtage', sought).map(([state, ofState]) => [
      state,
      ...ofState.map(({ title }) => title),
    ]);

  expect(titles('')).toEqual([
    ['sent', 'Accord A', 'Accord B'],
    ['signed', 'Contrat'],
  ]);
  expect(titles('accord b')).toEqual([['sent', 'Accord B']]);
  expect(titles('zoe faitage')).toHaveLength(2);
  expect(titles('nobody')).toEqual([]);
});
