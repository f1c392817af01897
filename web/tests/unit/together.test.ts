import { expect, test } from 'vitest';
import { effort } from '../../src/words/efforts';
import { momentOf, spanOf } from '../../src/words/instants';

const plain = (text: string) => text.replace(/\s/gu, ' ');
const now = new Date('2026-11-20T12:00:00Z');

test('a moment is that of a clock in Paris, with its year if it is another one', () => {
  expect(plain(momentOf('2026-12-10T18:00:00Z', 'fr', now))).toBe('jeudi 10 décembre à 19 h');
  expect(plain(momentOf('2027-01-14T18:00:00Z', 'fr', now))).toBe('jeudi 14 janvier 2027 à 19 h');
  expect(plain(momentOf('2026-12-31T23:30:00Z', 'fr', now))).toBe(
    'vendredi 1er janvier 2027 à 0 h 30',
  );
  expect(plain(momentOf('2026-12-10T18:00:00Z', 'en', now))).toBe('Thursday 10 December at 19:00');
});

test('a span of one day names the day once', () => {
  expect(plain(spanOf('2026-12-10T18:00:00Z', '2026-12-10T20:00:00Z', 'fr', now))).toBe(
    'jeudi 10 décembre, 19 h – 21 h',
  );
  expect(plain(spanOf('2026-12-10T22:00:00Z', '2026-12-11T00:00:00Z', 'fr', now))).toBe(
    'jeudi 10 décembre à 23 h – vendredi 11 décembre à 1 h',
  );
});

test('an effort is a change: who uses less as wanted is shown less', () => {
  expect(plain(effort(142, 'use_more', 'fr'))).toBe('+14,2 %');
  expect(plain(effort(142, 'use_less', 'fr'))).toBe('−14,2 %');
  expect(effort(-20, 'use_more', 'en')).toBe('−2%');
  expect(plain(effort(150, 'local_share', 'fr'))).toBe('+15 points');
});
