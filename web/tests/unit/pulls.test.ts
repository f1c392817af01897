import { expect, test } from 'vitest';
import { dsoFileWords } from '../../src/messages/staff/dsoFiles';
import { pullOf } from '../../src/words/pulls';

test('curves are asked for up to the day after the last one, of the API that has them', () => {
  expect(pullOf('load_curve', 'ACC00000101', '2026-10-01', '2026-10-31')).toMatchObject({
    source: 'data-connect',
    from_day: '2026-10-01',
    to_day: '2026-11-01',
    provisional: false,
  });
});

test.each([
  ['definitive', false],
  ['provisional', true],
] as const)('%s results are asked for of the API of results', (kind, provisional) => {
  expect(pullOf(kind, 'ACC00000101', '2026-10-01', '2026-10-31')).toMatchObject({
    source: 'acc',
    provisional,
  });
});

test('what waited already is said only where something did', () => {
  expect(dsoFileWords.fr.pulled(1, 0)).toBe('1\u00a0question sera posée.');
  expect(dsoFileWords.fr.pulled(0, 3)).toMatch(/\u00a0; 3\u00a0attendaient déjà\.$/u);
});
