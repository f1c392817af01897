import { expect, test } from 'vitest';
import { askedCents, figureCents, noticeSentence } from '../../src/pages/invoices/noticeSentence';
import type { PaymentNotice } from '../../src/queries/paymentNotices';

const OPEN = {
  state: 'open',
  total_cents: 744,
  settled_cents: 0,
  payable_cents: 744,
  announced_cents: 0,
  elsewhere_cents: 0,
  due_date: '2026-12-05',
  debit: null,
} as PaymentNotice;

function sentence(facts: Partial<PaymentNotice>): string {
  return noticeSentence({ ...OPEN, ...facts }, 'fr').replace(/\s/gu, ' ');
}

test('a notice asks for what no debit takes already, and says what is', () => {
  const half = { payable_cents: 372, announced_cents: 372 };

  expect(askedCents({ ...OPEN, ...half })).toBe(372);
  expect(sentence(half)).toMatch(
    /^Il reste 3,72 € sur 7,44 €\. À payer au plus tard le .*5 décembre 2026\. En plus, 3,72 € sont déjà en cours de prélèvement\.$/u,
  );
});

test('a notice is not settled by what another collects', () => {
  const rest = { payable_cents: 0, settled_cents: 372, elsewhere_cents: 372, due_date: null };

  expect(figureCents({ ...OPEN, ...rest })).toBe(0);
  expect(figureCents({ ...OPEN, ...rest, elsewhere_cents: 0 })).toBe(744);
  expect(sentence({ ...rest, state: 'partly' })).toBe(
    'Il n’y a plus rien à payer par cet avis. 3,72 € se règlent désormais à part, comme l’indiquent les factures marquées « à part ».',
  );
  expect(sentence({ ...rest, elsewhere_cents: 0, settled_cents: 744, state: 'paid' })).toBe(
    'Tout est réglé. Vous n’avez plus rien à faire.',
  );
});

test('a sum too small to be debited has no day, and waits a year at most', () => {
  const debit = {
    day: null,
    mandate_rum: 'ELO-1',
    least_cents: 1000,
    alone_from: '2027-12-05',
  };

  expect(sentence({ debit })).toMatch(
    /^Vous n’avez rien à faire : moins de 10,00 € ne sont pas prélevés seuls\. Cette somme le sera avec une autre, ou seule à partir du .*5 décembre 2027\.$/u,
  );
});
