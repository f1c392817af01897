import { expect, test } from 'vitest';
import { operationAt, pageOf } from '../../src/words/links';

const OPERATION = '/community/operations/ACC00000101';

test.each([
  [`${OPERATION}/polls/0b9a8e52`, '/polls/ACC00000101/0b9a8e52'],
  [`${OPERATION}/challenges/0b9a8e52`, '/challenges/ACC00000101/0b9a8e52'],
  [`${OPERATION}/documents/0b9a8e52`, '/me/documents'],
  [`${OPERATION}/enrolments/0b9a8e52`, '/me'],
  [OPERATION, '/me'],
  ['/community/gatherings/0b9a8e52', '/gatherings/0b9a8e52'],
  ['/community/news/0b9a8e52', '/news/0b9a8e52'],
  ['/community/members/5b6df807/consents', '/me/consents'],
  ['/community/me/notification-channels', '/notifications/settings'],
  ['/billing/invoices/0b9a8e52', '/invoices/0b9a8e52'],
  ['/billing/payment-notices/0b9a8e52', '/invoices/notices/0b9a8e52'],
  [`${OPERATION}/sign-ups`, '/o/ACC00000101/people'],
  [`${OPERATION}/convention`, '/o/ACC00000101/people/declarations'],
  ['/allocation/operations/ACC00000101/settlements?month=2026-10', '/o/ACC00000101/months'],
  [
    '/allocation/operations/ACC00000101/coefficients?month=2026-10',
    '/o/ACC00000101/keys/coefficients',
  ],
])('%s is shown by %s', (link, page) => {
  expect(pageOf(link)).toEqual({ to: page });
});

test.each([
  `${OPERATION}/polls/0b9a8e52/result`,
  '/allocation/operations/ACC00000101/points/99110000000101/months/2026-10',
  '/elsewhere',
  'https://example.org/community/news/0b9a8e52',
  '',
])('no page shows %s', (link) => {
  expect(pageOf(link)).toBeNull();
});

test('what follows an address is not part of it', () => {
  expect(pageOf('/community/news/0b9a8e52?language=fr#top')).toEqual({
    to: '/news/0b9a8e52',
  });
});

test('an address of an operation’s pages names it', () => {
  expect(operationAt('/o/ACC00000101/months/2026-10')).toBe('ACC00000101');
  expect(operationAt('/o')).toBeUndefined();
  expect(operationAt('/operations/ACC00000101')).toBeUndefined();
});
