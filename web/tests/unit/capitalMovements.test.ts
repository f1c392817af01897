import { expect, test } from 'vitest';
import { movementOf } from '../../src/words/capitalMovements';
import { centsOf } from '../../src/words/forms';

const FACTS = {
  day: '2026-11-02',
  capital_shares: 5,
  nominal_cents: 2000,
  document_reference: 'Bulletin 2026-014',
};

test.each([
  ['subscription', null, 'receiver'],
  ['transfer', 'giver', 'receiver'],
  ['repayment', 'giver', null],
] as const)('a %s names the members that it has', (kind, from_member_id, to_member_id) => {
  expect(movementOf(kind, 'giver', 'receiver', FACTS)).toEqual({
    kind,
    from_member_id,
    to_member_id,
    ...FACTS,
  });
});

test.each([
  ['20', 2000],
  ['18,50', 1850],
  ['1 000.01', 100_001],
  ['0,29', 29],
])('%s is as many cents as it says', (text, cents) => {
  expect(centsOf(text)).toBe(cents);
});
