import { expect, test } from 'vitest';
import { documentSearch, isNumberTyped } from '../../src/words/documentSearch';

const ID = '0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10';

test('an address asks for what it can mean, and for nothing else', () => {
  const asked = { number: 202600012, customer: ID, month: '2026-10', payment: 'owed', least: 100 };

  expect(documentSearch(asked)).toEqual({ ...asked, number: '202600012' });
  expect(
    documentSearch({ number: ' ', customer: 'Lucie', month: '2026', kind: 'bill', least: 'much' }),
  ).toEqual({});
});

test('what has two digits together is a number or a reference, else it is a name', () => {
  expect(['F2026-00012', '2026/12', 'RF55 HNMH'].map(isNumberTyped)).toEqual([true, true, true]);
  expect(['Brindille', 'Les 3 chênes'].map(isNumberTyped)).toEqual([false, false]);
});
