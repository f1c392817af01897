import { expect, test } from 'vitest';
import type { Poll } from '../../src/queries/polls';
import { choiceInWords, choiceOf, fieldOf } from '../../src/words/ballots';

const options = [
  { id: 'school', label: 'L’école' },
  { id: 'roofs', label: 'Les toits' },
  { id: 'mill', label: 'Le moulin' },
];
const poll = (method: Poll['method']) => ({ method, options }) as Poll;

function form(fields: readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

test('a ballot with one option, or some, or none', () => {
  expect(choiceOf(form([['choice', 'mill']]), poll('simple'))).toEqual({ options: ['mill'] });
  expect(choiceOf(form([['choice', '']]), poll('simple'))).toEqual({ options: [] });
  expect(
    choiceOf(
      form([
        ['choice', 'mill'],
        ['choice', 'school'],
      ]),
      poll('multiple'),
    ),
  ).toEqual({ options: ['school', 'mill'] });
});

test('places become ranks, equals together, without gaps', () => {
  const places = form([
    [fieldOf('school'), '3'],
    [fieldOf('roofs'), '1'],
    [fieldOf('mill'), '3'],
  ]);

  const choice = choiceOf(places, poll('ranked'));

  expect(choice).toEqual({ ranks: [['roofs'], ['school', 'mill']] });
  expect(choiceInWords(choice, poll('ranked'), 'fr')).toBe('1. Les toits, 2. L’école = Le moulin');
});

test('an option without a place, or a grade, is left out', () => {
  const unsaid = form([
    [fieldOf('school'), ''],
    [fieldOf('mill'), ''],
  ]);

  expect(choiceOf(unsaid, poll('ranked'))).toEqual({ ranks: [] });
  expect(choiceOf(unsaid, poll('majority_judgement'))).toEqual({ grades: {} });
  expect(choiceInWords({ ranks: [] }, poll('ranked'), 'fr')).toBe('vote blanc');
});

test('an objection has its reason, and consent none', () => {
  const objection = form([
    ['choice', 'objection'],
    ['reason', ' Trop tôt '],
  ]);

  expect(choiceOf(objection, poll('consent'))).toEqual({
    stance: 'objection',
    reason: 'Trop tôt',
  });
  const choice = { stance: 'objection', reason: 'Too soon' } as const;
  expect(choiceInWords(choice, poll('consent'), 'en')).toMatch(/[^\s]: Too soon$/);
  expect(choiceInWords(choice, poll('consent'), 'fr')).toMatch(/\u00a0: Too soon$/);
  expect(choiceOf(form([['choice', 'consent']]), poll('consent'))).toEqual({ stance: 'consent' });
  expect(choiceOf(form([['choice', '']]), poll('consent'))).toEqual({});
});
