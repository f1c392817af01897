import { expect, test } from 'vitest';
import { stepWords } from '../../src/messages/running/steps';
import { monthName } from '../../src/words/dates';
import { de } from '../../src/words/elision';

test.each([
  ['octobre 2026', 'd’octobre 2026'],
  ['novembre 2026', 'de novembre 2026'],
  ['Anselme Tournebride', 'd’Anselme Tournebride'],
  ['Éloi Tournebride', 'd’Éloi Tournebride'],
  ['Œuvres du Lavoir', 'd’Œuvres du Lavoir'],
  ['Lucie Brindille', 'de Lucie Brindille'],
  ['Yves', 'd’Yves'],
  ['Yann', 'de Yann'],
  ['Hugo', 'de Hugo'],
  ['99000000000101', 'de 99000000000101'],
  ['', 'de '],
])('of %s', (name, words) => {
  expect(de(name)).toBe(words);
});

test('a month that begins with a vowel is elided in a sentence', () => {
  expect(stepWords.fr.stepsOf(monthName('2026-04', 'fr'))).toMatch(/^Les cinq étapes d’avril/);
});
