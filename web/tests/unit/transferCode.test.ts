import { expect, it } from 'vitest';
import { transferCode } from '../../src/words/transferCode';

it('says whom to pay, how much, and what for, in the lines that banks read', () => {
  const account = {
    name: 'Les  Voisins',
    iban: 'FR1420041010050500013M02606',
    reference: 'RF97HNRZFWZP202600012',
  };
  expect(transferCode(account, 100_005).split('\n')).toEqual([
    ...['BCD', '002', '1', 'SCT', '', 'Les Voisins', 'FR1420041010050500013M02606'],
    ...['EUR1000.05', '', 'RF97HNRZFWZP202600012'],
  ]);
});
