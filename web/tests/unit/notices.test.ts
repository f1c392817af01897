import { expect, test } from 'vitest';
import { noticeLines } from '../../src/words/notices';

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
