import { expect, test } from 'vitest';
import type { InvoiceSummary, Payment } from '../../src/queries/invoices';
import type { Mandate } from '../../src/queries/mandates';
import {
  askedCents,
  costsByMonth,
  creditsOf,
  isOwed,
  isStillDebited,
  owedFirst,
  paymentSentence,
  settledOf,
  sumsOfYear,
} from '../../src/words/payments';

const plain = (text: string) => text.replace(/\s/gu, ' ');

function payment(told: Partial<Payment>): Payment {
  return {
    state: 'open',
    open_cents: 1718,
    payable_cents: Math.max(told.open_cents ?? 1718, 0),
    due_date: '2026-12-05',
    collection: null,
    refund: null,
    account: null,
    ...told,
  };
}

function invoice(id: string, told: Partial<InvoiceSummary>): InvoiceSummary {
  return {
    id,
    kind: 'invoice',
    state: 'issued',
    number: id,
    issue_date: '2026-11-05',
    period_from: '2026-10-01',
    period_to: '2026-11-01',
    operation: { id: 'ACC00000101', name: 'Pousse-Soleil' },
    issuer: { member_id: 'roof', name: 'Soleils' },
    customer: { member_id: 'anna', name: 'Anna' },
    total_incl_vat_cents: 1718,
    consumers: ['99000000000101'],
    refers_to: [],
    payment: payment({}),
    ...told,
  };
}

const sentence = (told: Partial<Payment>) =>
  plain(paymentSentence(payment(told), 'bought', '2026-12-01', 'fr'));

test('what a debit of an invoice credited since brings is not asked for', () => {
  const covered = { open_cents: 1718, payable_cents: 118, state: 'partly' as const };
  expect(sentence(covered)).toBe('Il reste 1,18 € à payer au plus tard le 5 décembre 2026.');

  const sums = sumsOfYear([invoice('new', { payment: payment(covered) })], '2026');
  expect(sums).toEqual({ paid_cents: 0, owed_cents: 118, announced_cents: 1600 });
  const all = { state: 'announced' as const, payable_cents: 0 };
  expect(sumsOfYear([invoice('new', { payment: payment(all) })], '2026').owed_cents).toBe(0);
  expect(askedCents(payment(all))).toBe(1718);
});

test('a payment says what is to be done', () => {
  const collection = { day: '2026-12-07', mandate_rum: 'ELO-0001', refused_on: null };

  expect(sentence({})).toBe('À payer au plus tard le 5 décembre 2026.');
  expect(sentence({ state: 'announced', collection })).toContain('Sera prélevée le 7 décembre');
  const refused = { ...collection, refused_on: '2026-11-28' };
  expect(sentence({ state: 'rejected', collection: refused })).toContain(
    'refusé le 28 novembre 2026 : il reste 17,18 €',
  );
  expect(sentence({ state: 'paid', open_cents: 0 })).toContain('plus rien à faire');
  expect(askedCents(payment({ state: 'paid', open_cents: -10 }))).toBe(-10);
  expect(sentence({ state: 'credited', open_cents: -1718 })).toContain(
    '17,18 € vous seront rendus',
  );
});

test('what is urgent stands first, what is settled nowhere', () => {
  const invoices = [
    invoice('open', {}),
    invoice('paid', { payment: payment({ state: 'paid', open_cents: 0 }) }),
    invoice('late', { payment: payment({ state: 'overdue', due_date: '2026-11-05' }) }),
    invoice('later', { payment: payment({ state: 'overdue', due_date: '2026-11-20' }) }),
    invoice('credit', { kind: 'credit_note', payment: null }),
  ];

  expect(owedFirst(invoices).map(({ id }) => id)).toEqual(['late', 'later', 'open']);
  expect(isOwed(null)).toBe(false);
});

const credit = (ids: string[], told: Partial<InvoiceSummary> = {}) =>
  invoice('its note', {
    kind: 'credit_note',
    payment: null,
    refers_to: ids.map((id) => ({ id, number: id })) as InvoiceSummary['refers_to'],
    ...told,
  });
const paid = payment({ state: 'paid', open_cents: 0 });

test('what is paid in a year is what was billed, less what is open and what was given back', () => {
  const invoices = [
    credit(['credited']),
    invoice('open', {}),
    invoice('paid', { payment: paid }),
    invoice('credited', { payment: payment({ state: 'credited', open_cents: -1718 }) }),
    invoice('before', { issue_date: '2025-11-05' }),
  ];

  expect(sumsOfYear(invoices, '2026')).toEqual({
    paid_cents: 3436,
    owed_cents: 1718,
    announced_cents: 0,
  });
});

test('a credit note counts in the year of its invoice', () => {
  const invoices = [
    credit(['december'], { issue_date: '2027-01-20' }),
    invoice('january', { issue_date: '2027-01-05', payment: paid }),
    invoice('december', {
      issue_date: '2026-12-05',
      payment: payment({ state: 'credited', open_cents: 0 }),
    }),
  ];

  expect(sumsOfYear(invoices, '2027').paid_cents).toBe(1718);
  expect(sumsOfYear(invoices, '2026').paid_cents).toBe(0);
});

test('what was paid is not told where it cannot be known', () => {
  const givenUp = payment({ state: 'written_off', open_cents: 0 });
  const january = invoice('january', { issue_date: '2027-01-05', payment: paid });
  const december = invoice('december', { issue_date: '2026-12-05', payment: paid });
  const ofBoth = credit(['january', 'december'], { issue_date: '2027-01-20' });

  expect(sumsOfYear([invoice('given up', { payment: givenUp })], '2026').paid_cents).toBeNull();
  expect(sumsOfYear([ofBoth, january, december], '2027').paid_cents).toBeNull();
  expect(sumsOfYear([ofBoth, january, december], '2025').paid_cents).toBe(0);
});

test('what each month cost is by its issued invoices, less credit notes', () => {
  const costs = costsByMonth([
    invoice('a', {}),
    invoice('b', { total_incl_vat_cents: 500 }),
    invoice('c', { kind: 'credit_note', total_incl_vat_cents: 200, payment: null }),
    invoice('d', { state: 'draft', total_incl_vat_cents: 9900 }),
    invoice('e', { period_from: '2026-07-01', period_to: '2026-10-01' }),
    invoice('f', { period_from: '2026-09-12', total_incl_vat_cents: 300, period_to: '2026-10-01' }),
  ]);
  expect([...costs]).toEqual([
    ['2026-10', 2018],
    ['2026-09', 300],
  ]);
});

test('a credit note is told with the invoice that it takes back, if that is here', () => {
  const paid = invoice('F1', { payment: payment({ state: 'paid', open_cents: 0 }) });
  const refers = { id: 'F1', number: 'F1', issue_date: '2026-11-05' };
  const credit = invoice('A1', { kind: 'credit_note', payment: null, refers_to: [refers] });
  const owed = invoice('F2', {});

  expect(settledOf([owed, credit, paid]).map(({ id }) => id)).toEqual(['F1']);
  expect(settledOf([owed, credit]).map(({ id }) => id)).toEqual(['A1']);
  expect(creditsOf(paid, [owed, credit, paid]).map(({ id }) => id)).toEqual(['A1']);
});

test('an invoice is debited as long as its creditor has a mandate, that one or another', () => {
  const of = (rum: string, creditor_id: string, revoked_on: string | null) =>
    ({ rum, creditor_id, revoked_on }) as Mandate;
  const ended = of('ELO-1', 'roof', '2026-11-10');

  expect(isStillDebited('ELO-1', [of('ELO-1', 'roof', null)])).toBe(true);
  expect(isStillDebited('ELO-1', [ended])).toBe(false);
  expect(isStillDebited('ELO-1', [ended, of('ELO-2', 'roof', null)])).toBe(true);
  expect(isStillDebited('ELO-1', [ended, of('ELO-1', 'barn', null)])).toBe(true);
  expect(isStillDebited('ELO-1', [ended, of('ELO-9', 'barn', null)])).toBe(false);
});
