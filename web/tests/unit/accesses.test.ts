import { expect, test } from 'vitest';
import { groupAccesses } from '../../src/queries/accessDays';
import type { Access, AccessPage } from '../../src/queries/accesses';
import { topicOf } from '../../src/words/topics';

const MESSAGES = '/community/messages';
const CURVE = '/ingest/points/{prm}/load-curve';

function access(read_at: string, changes: Partial<Access> = {}): Access {
  return { number: 1, read_at, role: 'operator', route: MESSAGES, is_you: false, ...changes };
}

function page(accesses: Access[], oldest: AccessPage['oldest'] = {}): AccessPage {
  return { accesses, oldest };
}

test('who looked is told by day in Paris, the newest first, and once for the same look again', () => {
  const days = groupAccesses([
    page([
      access('2026-11-28T22:30:00Z'),
      access('2026-11-28T23:10:00Z'),
      access('2026-11-28T23:05:00Z'),
    ]),
  ]);
  expect(days.map(([day, groups]) => [day, groups.map(({ count }) => count)])).toEqual([
    ['2026-11-29', [2]],
    ['2026-11-28', [1]],
  ]);
  expect(days[0]?.[1][0]).toMatchObject({
    first: '2026-11-28T23:05:00Z',
    last: '2026-11-28T23:10:00Z',
  });
});

test('who looked keeps apart who, what, and which days', () => {
  const [day] = groupAccesses([
    page([
      access('2026-11-28T10:00:00Z'),
      access('2026-11-28T10:00:00Z', { role: 'organiser' }),
      access('2026-11-28T10:00:00Z', { is_you: true }),
      access('2026-11-28T10:00:00Z', {
        route: CURVE,
        from_day: '2026-10-01',
        to_day: '2026-11-01',
      }),
      access('2026-11-28T10:00:00Z', {
        route: CURVE,
        from_day: '2026-09-01',
        to_day: '2026-10-01',
      }),
    ]),
  ]);
  expect(day?.[1]).toHaveLength(5);
});

test('who looked holds back what is older than where a list goes on', () => {
  const first = page([access('2026-11-28T10:00:00Z'), access('2026-05-01T10:00:00Z')], {
    community: { number: 9, readAt: '2026-11-28T10:00:00Z' },
  });
  expect(groupAccesses([first])).toHaveLength(1);
  expect(groupAccesses([first, page([access('2026-06-01T10:00:00Z')])])).toHaveLength(3);
});

test.each([
  [CURVE, 'curve'],
  ['/ingest/points/{prm}/load-curve.csv', 'curve'],
  ['/ingest/deliveries/{delivery_id}/quarantine', 'quarantine'],
  ['/allocation/operations/{operation_id}/summary', 'shares'],
  [MESSAGES, 'messages'],
  ['/community/members/{member_id}/consents', 'consents'],
  ['/community/members', 'record'],
  ['/community/members/{member_id}/capital/{organiser_id}/certificate.pdf', 'capital'],
  ['/billing/invoices/{invoice_id}.pdf', 'invoices'],
  ['/billing/issuers/{issuer_id}/mandates', 'bank'],
  ['/billing/what/comes/later', 'billing'],
  ['/community/what/comes/later', 'other'],
])('%s is %s', (route, topic) => expect(topicOf(route)).toBe(topic));
