import { expect, test, vi } from 'vitest';
import { accountChangeWords } from '../../src/messages/accountChange';
import { isSellerAlone, type Waiting } from '../../src/queries/creditors';
import type { Me } from '../../src/queries/me';

// It asks for a browser; nothing is asked of the APIs here.
vi.mock('../../src/api/client', () => ({}));

const WAITING = { member_id: 'producer' } as Waiting;

test.each([
  ['the seller', { member_id: 'producer', roles: ['member'] }, true],
  ['another member', { member_id: 'neighbour', roles: ['member'] }, false],
  [
    'a seller who runs operations',
    { member_id: 'producer', roles: ['member', 'organiser'] },
    false,
  ],
  ['staff', { member_id: null, roles: ['operator'] }, false],
])('who may have asked for a change is not told to confirm it: %s', (_, me, isSeller) => {
  expect(isSellerAlone(me as unknown as Me, WAITING)).toBe(isSeller);

  const french = accountChangeWords.fr.waits('3 décembre', isSeller);
  const english = accountChangeWords.en.waits('3 December', isSeller);
  expect(french.includes('vous le confirmez')).toBe(isSeller);
  expect(english.includes('you confirm it')).toBe(isSeller);
  expect(french.includes('une autre personne')).toBe(!isSeller);
});
