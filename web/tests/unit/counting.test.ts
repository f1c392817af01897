import { expect, test } from 'vitest';
import type { Grade, Vote } from '../../src/counting/ballots';
import { byCodePoints } from '../../src/counting/ballots';
import { countConsent } from '../../src/counting/consent';
import { isAdopted, isQuorumReached, neededFor } from '../../src/counting/count';
import { countDuels } from '../../src/counting/duels';
import { countJudgement } from '../../src/counting/judgement';
import { countPlurality } from '../../src/counting/plurality';
import { type Ballot, type Sealed, sealAgain, sha256 } from '../../src/counting/seal';
import seals from './seals.json';

const times = (number: number, choice: Vote['choice']): Vote[] =>
  Array.from({ length: number }, () => ({ choice, weight: 1 }));

// As the API gives it: the seal has only what it says.
const told = (ballot: Sealed['ballots'][number]): Ballot => {
  const silent = { options: [], ranks: [], grades: {}, stance: null, reason: null };
  return { ...ballot, name: null, choice: { ...silent, ...ballot.choice } };
};

const turnout = { voters: 10, voted: 4, weight_total: 10, weight_voted: 4 };

// The examples of docs/use/polls.md.

test('most votes win, and a blank ballot is for nobody', () => {
  const votes = [
    ...times(2, { options: ['for'] }),
    ...times(1, { options: ['against'] }),
    ...times(1, {}),
  ];

  const outcome = countPlurality(['for', 'against'], votes);

  expect(outcome).toEqual({ winners: ['for'], votes: { for: 2, against: 1 } });
});

test('who wins all duels wins, though another has more first places', () => {
  const votes = [
    ...times(4, { ranks: [['a'], ['b'], ['c']] }),
    ...times(3, { ranks: [['b'], ['c'], ['a']] }),
    ...times(2, { ranks: [['c'], ['b'], ['a']] }),
  ];

  const { winners, duels } = countDuels(['a', 'b', 'c'], votes);

  expect(winners).toEqual(['b']);
  expect(duels?.b).toEqual({ a: 5, c: 7 });
});

test('equal medians are compared without one ballot of that grade each', () => {
  const grades = (a: Grade, b: Grade): Vote[] => times(1, { grades: { a, b } });
  const votes = [
    ...grades('passable', 'passable'),
    ...grades('good', 'passable'),
    ...grades('good', 'good'),
    ...grades('good', 'very_good'),
    ...grades('good', 'very_good'),
  ];

  const { winners, medians } = countJudgement(['a', 'b'], votes);

  expect(medians).toEqual({ a: 'good', b: 'good' });
  expect(winners).toEqual(['a']);
});

test('one objection is enough, and silence of all is no consent', () => {
  const objection = times(1, { stance: 'objection', reason: 'Non' });
  const isCarried = (votes: Vote[]) =>
    isAdopted({ method: 'consent' }, countConsent(votes), turnout);

  expect(isCarried(times(3, { stance: 'consent' }))).toBe(true);
  expect(isCarried([...times(3, { stance: 'consent' }), ...objection])).toBe(false);
  expect(isCarried(times(3, {}))).toBe(false);
});

test('a tie adopts nothing, nor does a winner other than the one that adopts', () => {
  const rules = { method: 'simple', adopting_option: 'for' } as const;

  expect(isAdopted(rules, { winners: ['for'] }, turnout)).toBe(true);
  expect(isAdopted(rules, { winners: ['against'] }, turnout)).toBe(false);
  expect(isAdopted(rules, { winners: ['for', 'against'] }, turnout)).toBe(false);
  expect(isAdopted(rules, { winners: [] }, turnout)).toBe(false);
});

test('a quorum of a third of ten is four', () => {
  const quorum = { share: '1/3', of: 'members' } as const;

  expect(neededFor(quorum, turnout)).toBe(4);
  expect(isQuorumReached(quorum, turnout)).toBe(true);
  expect(isQuorumReached(quorum, { ...turnout, voted: 3 })).toBe(false);
  expect(neededFor(null, turnout)).toBeNull();
});

// What the platform's own `seal_result` has sealed: all methods, secret and with weights.
test.each(seals)('ballots that are counted here make the bytes of $sha256', async (example) => {
  const sealed = JSON.parse(example.seal) as Sealed;
  const ballots = sealed.ballots.map(told).reverse();

  const bytes = sealAgain(sealed, ballots);

  expect(bytes).toBe(example.seal);
  expect(await sha256(bytes)).toBe(example.sha256);
});

test('a ballot that was changed, or left out, makes other bytes', () => {
  const [example] = seals;
  const sealed = JSON.parse(example?.seal ?? '') as Sealed;
  const ballots = sealed.ballots.map(told);
  const changed = ballots.with(
    0,
    told({ ...sealed.ballots[0], choice: { options: ['mill'] } } as never),
  );

  expect(sealAgain(sealed, changed)).not.toBe(example?.seal);
  expect(sealAgain(sealed, ballots.slice(1))).not.toBe(example?.seal);
});

test('words are in the order of their characters, not of their 16-bit halves', () => {
  expect(['\u{1F33B}', '￰', 'b', 'a', 'ab'].sort(byCodePoints)).toEqual([
    'a',
    'ab',
    'b',
    '￰',
    '\u{1F33B}',
  ]);
});
