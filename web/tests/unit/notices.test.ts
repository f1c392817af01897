import { expect, test } from 'vitest';
import { noticeLines, withDaysInWords } from '../../src/words/notices';

test('a fact of a notice has a line and a name; what the title says, and links, are left out', () => {
  const text = `Vous êtes invité(e).

Quoi : Assemblée de l’hiver
Début : 19/12/2026 à 18:30
Lien : https://coop.example/gatherings/1
`;

  expect(noticeLines(text, 'Invitation : Assemblée de l’hiver, le 19/12/2026 à 18:30')).toEqual([
    { name: null, text: 'Vous êtes invité(e).' },
    { name: 'Début', text: '19/12/2026 à 18:30' },
  ]);
});

test('days and hours of a notice are in words, whichever way the API writes them', () => {
  const plain = (text: string) => text.replace(/\s/gu, ' ');

  expect(plain(withDaysInWords('le 01/12/2026 à 18:30', 'fr'))).toBe(
    'le 1er décembre 2026 à 18 h 30',
  );
  expect(plain(withDaysInWords('from 2026-12-19 at 18:30', 'en'))).toBe(
    'from 19 December 2026 at 18:30',
  );
  expect(withDaysInWords('lot 99/99/2026, 12:30', 'fr')).toBe('lot 99/99/2026, 12:30');
  expect(withDaysInWords('le 30/02/2026', 'fr')).toBe('le 30/02/2026');
});
