import { expect, test } from 'vitest';
import slugs from '../../src/api/schema/slugs.json';
import { paymentRefusals } from '../../src/messages/refusals/payments';
import { bankFileWords } from '../../src/messages/running/bankFiles';
import { bankReasonWords } from '../../src/messages/running/bankReasons';
import { sellerSettingsWords } from '../../src/messages/running/paymentsSettings';
import { pagesFor } from '../../src/pages/running/payments/pages';
import type { BankTransaction } from '../../src/queries/bankTransactions';
import type { Books } from '../../src/queries/books';
import type { InvoiceSummary } from '../../src/queries/invoices';
import type { Mandate } from '../../src/queries/mandates';
import type { OpenItem, SellerBalance } from '../../src/queries/openItems';
import type { Collector, Seller } from '../../src/queries/payees';
import type { PayeeAccount } from '../../src/queries/payouts';
import type { Schedule } from '../../src/queries/reminders';
import { byAccount } from '../../src/words/balances';
import { answerOf, type BankAnswer, isUnanswered } from '../../src/words/bankAnswers';
import { bankDayFrom } from '../../src/words/bankDays';
import { bankReason } from '../../src/words/bankReasons';
import { yearOfBooks } from '../../src/words/fiscalYears';
import { RUM_FORM } from '../../src/words/forms';
import { rumFor } from '../../src/words/mandates';
import {
  candidatesFor,
  directionOf,
  mayBeTakenBack,
  outcomeOf,
  searched,
  splitOver,
} from '../../src/words/matching';
import {
  collectableOf,
  debitsOf,
  inDebit,
  isStatementWanted,
  ofMonth,
  sumsOwed,
  withoutMandate,
} from '../../src/words/paymentTasks';
import { isMoving, isSamePaid, stepsOf } from '../../src/words/payouts';
import { daysOf, dueReminders, nextReminder, oldestFirst } from '../../src/words/reminders';

function item(content: Partial<OpenItem>): OpenItem {
  return {
    invoice_id: content.number ?? 'F2026-00001',
    number: 'F2026-00001',
    reference: 'RF55HNMHTZNF202600001',
    issue_date: '2026-11-05',
    due_date: '2026-12-05',
    total_cents: 1000,
    open_cents: 1000,
    doubtful_cents: 0,
    days_overdue: 0,
    in_collection: false,
    reminder_level: 0,
    reminded_on: null,
    ...content,
  };
}

function balance(customer_name: string, ...items: OpenItem[]): SellerBalance {
  return {
    issuer_id: 'seller',
    customer_id: customer_name,
    customer_name,
    items,
    open_cents: 0,
    overdue_cents: 0,
  };
}

function movement(content: Partial<BankTransaction>): BankTransaction {
  return {
    id: '1',
    booked_on: '2026-11-30',
    amount_cents: 1000,
    reference: 'REF1',
    remittance: null,
    party_name: null,
    party_iban: null,
    end_to_end_id: null,
    batch_id: null,
    rum: null,
    return_reason: null,
    matched_by: null,
    payments: [],
    ...content,
  };
}

const BALANCES = [
  balance('Adèle Levain', item({ number: 'F2026-00001', due_date: '2026-12-09' })),
  balance(
    'Basile Meunier',
    item({ number: 'F2026-00002', open_cents: 2512, due_date: '2026-12-07' }),
    item({ number: 'F2026-00003', open_cents: 700, due_date: '2026-12-08' }),
  ),
];

function numbersFor(content: Partial<BankTransaction>): string[] {
  return candidatesFor(movement(content), BALANCES).map(({ number }) => number.slice(-1));
}

test('a reference tells equal numbers of two sellers apart', () => {
  const others = item({ invoice_id: 'other', reference: 'RF55XXXXXXXF202600001' });
  const all = [...BALANCES, balance('Zoé Bois', others)];
  const said = (remittance: string) =>
    candidatesFor(movement({ remittance }), all)
      .filter(({ reasons }) => reasons.includes('number'))
      .map(({ invoice_id }) => invoice_id);

  expect(said('rf55 xxxx xxxf 2026 0000 1')).toEqual(['other']);
  expect(said('F2026-00001')).toHaveLength(2);
});

test('a number in any spelling comes before an amount, an amount before a name', () => {
  expect(numbersFor({ remittance: 'F2026 00003', amount_cents: 2512 })).toEqual(['3', '2', '1']);
  expect(numbersFor({ party_name: 'MME ADELE LEVAIN', amount_cents: 2512 })).toEqual([
    '2',
    '1',
    '3',
  ]);
  // Where nothing tells them apart, what is due first.
  expect(numbersFor({ amount_cents: 1 })).toEqual(['2', '3', '1']);
});

test('why an invoice may be meant is told', () => {
  const [first, second] = candidatesFor(
    movement({ party_name: 'BASILE MEUNIER', amount_cents: 2512, remittance: 'merci' }),
    BALANCES,
  );
  expect(first?.reasons).toEqual(['amount', 'name']);
  expect(second?.reasons).toEqual(['name']);
});

test('money that comes may pay what is owed, money that goes pay back a credit', () => {
  const all = [...BALANCES, balance('Adèle Levain', item({ number: 'A-00009', open_cents: -50 }))];
  const numbers = (amount_cents: number) =>
    candidatesFor(movement({ amount_cents }), all).map(({ number }) => number);

  expect(numbers(-50)).toEqual(['A-00009']);
  expect(numbers(50)).not.toContain('A-00009');
  expect(numbers(50)).toHaveLength(3);
  expect([-50, 50].map((amount_cents) => directionOf({ amount_cents }))).toEqual([
    'refunding',
    'paying',
  ]);
});

test('what a movement leaves open is told by its size, whichever way it goes', () => {
  const outcome = (open_cents: number, amount_cents: number) =>
    outcomeOf({ amount_cents }, { open_cents });

  expect(outcome(-5000, -3000)).toEqual({ result: 'less', cents: 2000 });
  expect(outcome(-5000, -5000)).toEqual({ result: 'exact', cents: 0 });
  expect(outcome(-5000, -6000)).toEqual({ result: 'over', cents: 1000 });
  expect(outcome(5000, 3000)).toEqual({ result: 'less', cents: 2000 });
  expect(outcome(5000, 6000)).toEqual({ result: 'over', cents: 1000 });
});

test('a movement goes over what is chosen in this order, and the last one gets the rest', () => {
  const all = candidatesFor(movement({ amount_cents: 10_000 }), BALANCES);
  const [first, second] = all;
  if (!first || !second) throw new Error('Two are open');
  const split = (amount_cents: number, ...chosen: typeof all) =>
    splitOver({ amount_cents }, chosen).map((part) => part.amount_cents);

  expect(split(10_000, first)).toEqual([10_000]);
  expect(split(10_000, first, second)).toEqual([first.open_cents, 10_000 - first.open_cents]);
  expect(split(first.open_cents, first, second)).toEqual([first.open_cents]);
  expect(split(-10, { ...first, open_cents: -4 }, { ...second, open_cents: -9 })).toEqual([-4, -6]);
});

test('what people or payers said is taken back, what the bank said of debits is not', () => {
  const names = { issuer_name: 'S', customer_name: 'A' };
  const payments = [{ invoice_id: 'i', number: 'F', ...names, amount_cents: 1 }];
  expect(mayBeTakenBack({ matched_by: 'hand', payments })).toBe(true);
  expect(mayBeTakenBack({ matched_by: 'reference', payments })).toBe(true);
  expect(mayBeTakenBack({ matched_by: 'not-ours', payments: [] })).toBe(true);
  expect(mayBeTakenBack({ matched_by: 'hand', payments: [] })).toBe(false);
  expect(mayBeTakenBack({ matched_by: 'batch', payments })).toBe(false);
  expect(mayBeTakenBack({ matched_by: null, payments: [] })).toBe(false);
});

test('invoices are found by number, customer and amount', () => {
  const all = candidatesFor(movement({}), BALANCES);
  const found = (text: string) => searched(all, text).map(({ number }) => number.slice(-1));

  expect(found('adele')).toEqual(['1']);
  expect(found('25,12')).toEqual(['2']);
  expect(found('00003')).toEqual(['3']);
  expect(found('  ')).toHaveLength(3);
  expect(found('nobody')).toEqual([]);
});

const OWN: Schedule[] = [{ valid_from: '2026-12-01', after_days: [10, 15] }];

test('the next reminder follows the schedule in force as the invoice fell due', () => {
  expect(nextReminder(item({}), [])).toBe('2026-12-12');
  expect(nextReminder(item({}), OWN)).toBe('2026-12-15');
  expect(nextReminder(item({ due_date: '2026-11-30' }), OWN)).toBe('2026-12-07');
});

test('as many days lie between two reminders as the schedule says, however late the first came', () => {
  const reminded = { reminder_level: 1, reminded_on: '2026-12-20' };
  expect(nextReminder(item(reminded), OWN)).toBe('2026-12-25');
  expect(nextReminder(item({ ...reminded, reminded_on: '2026-12-15' }), OWN)).toBe('2026-12-20');
  expect(nextReminder(item({ reminder_level: 2, reminded_on: '2026-12-20' }), OWN)).toBeNull();
});

test('what is debited, doubtful or a credit is not reminded of', () => {
  const never = [
    item({ in_collection: true }),
    item({ doubtful_cents: 1000 }),
    item({ open_cents: -5 }),
  ];
  expect(never.map((one) => nextReminder(one, []))).toEqual([null, null, null]);
  expect(dueReminders([...never, item({})], [], '2026-12-12')).toEqual([item({})]);
  expect(dueReminders([item({})], [], '2026-12-11')).toEqual([]);
});

test('customers come by their oldest invoice, and who is only owed something last', () => {
  const credit = balance('Aline', item({ open_cents: -5, due_date: '2026-01-01' }));
  const names = oldestFirst([credit, ...BALANCES]).map(({ customer_name }) => customer_name);
  expect(names).toEqual(['Basile Meunier', 'Adèle Levain', 'Aline']);
});

function owed(
  member_id: string,
  state: NonNullable<InvoiceSummary['payment']>['state'],
  open_cents: number,
  due_date = '2026-12-05',
): InvoiceSummary {
  const customer = { member_id, name: member_id };
  const payable_cents = open_cents;
  const payment = {
    state,
    open_cents,
    payable_cents,
    due_date,
    collection: null,
    refund: null,
    account: null,
  };
  return { customer, payment } as InvoiceSummary;
}

function mandate(debtor_id: string, content: Partial<Mandate> = {}): Mandate {
  return { debtor_id, revoked_on: null, blocked_by: null, ...content } as Mandate;
}

test('what is owed, late and announced', () => {
  const invoices = [owed('A', 'open', 100), owed('B', 'overdue', 20), owed('C', 'announced', 3)];
  expect(sumsOwed([...invoices, owed('D', 'rejected', 4)])).toEqual({
    owed: 127,
    overdue: 24,
    announced: 3,
  });
});

test('only what a usable mandate and the days allow can be debited', () => {
  const invoices = [
    owed('in force', 'open', 100),
    owed('in force', 'announced', 100),
    owed('in force', 'open', 100, '2026-12-31'),
    owed('revoked', 'overdue', 100),
    owed('blocked', 'rejected', 100),
    owed('none', 'open', 100),
  ];
  const mandates = [
    mandate('in force'),
    mandate('revoked', { revoked_on: '2026-11-01' }),
    mandate('blocked', { blocked_by: 'AC04' }),
  ];
  expect(collectableOf(invoices, mandates, 14, '2026-11-30')).toEqual([invoices[0]]);
  expect(withoutMandate(invoices, mandates)).toEqual(['blocked', 'none', 'revoked']);
});

test('the bills of a month are debited once all of them are due, and no sooner than may be', () => {
  const late = owed('in force', 'overdue', 100, '2026-10-31');
  const coming = owed('in force', 'open', 30, '2026-12-31');
  const told = owed('in force', 'announced', 5);
  const mandates = [mandate('in force')];
  const debits = (...invoices: InvoiceSummary[]) => debitsOf(invoices, mandates, 14, '2026-11-30');
  expect(debits(late, owed('none', 'open', 1), told)).toEqual({
    count: 1,
    cents: 100,
    day: '2026-12-14',
  });
  expect(debits(late, coming)).toEqual({ count: 2, cents: 130, day: '2026-12-31' });
  expect(debits(told)).toBeNull();
  expect(inDebit([late, told])).toEqual({ count: 1, cents: 5 });
  const [october, november] = ['2026-10-01', '2026-11-01'].map(
    (period_from) => ({ period_from }) as InvoiceSummary,
  );
  expect(
    ofMonth(
      '2026-10',
      [october, november].filter((one) => one !== undefined),
    ),
  ).toEqual([october]);
});

test('a statement is wanted where something is owed and the bank was not heard for a week', () => {
  const some = [owed('A', 'open', 100)];
  expect(isStatementWanted([], null, '2026-11-30')).toBe(false);
  expect(isStatementWanted(some, null, '2026-11-30')).toBe(true);
  expect(isStatementWanted(some, '2026-11-23', '2026-11-30')).toBe(false);
  expect(isStatementWanted(some, '2026-11-22', '2026-11-30')).toBe(true);
});

test('the day that a form begins with is no weekend', () => {
  expect(['2026-12-11', '2026-12-12', '2026-12-13'].map(bankDayFrom)).toEqual([
    '2026-12-11',
    '2026-12-14',
    '2026-12-14',
  ]);
});

test('a reference that is proposed is one that the platform takes', () => {
  const rum = rumFor('0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10');
  expect(rum).toBe('M-0B9A8E525F0E');
  expect(rum).toMatch(new RegExp(`^${RUM_FORM}$`, 'v'));
});

test('nobody is led to a page about money that is not for them', () => {
  const words = (seller: Partial<Seller>, collector?: Partial<Collector>) =>
    pagesFor(seller as Seller, collector as Collector | undefined).map(({ word }) => word);

  // Billing lists what went to a platform, as all of the books, to who keeps them.
  expect(words({ keepsBooks: false })).toEqual([]);
  expect(words({ keepsBooks: true })).toEqual(['open', 'books', 'eInvoicing', 'settings']);
  expect(words({ keepsBooks: false }, { others: [] })).toEqual([
    'mandates',
    'collections',
    'statements',
  ]);
});

test('a payout is of what was shown: nobody more, nobody less, no other sum', () => {
  const adele = accountOf('A', 100);
  const basile = accountOf('B', 50);
  const nobody = accountOf('C', 0);
  expect(isSamePaid([adele, basile, nobody], [basile, adele])).toBe(true);
  expect(isSamePaid([adele], [adele, basile])).toBe(false);
  expect(isSamePaid([adele, basile], [adele])).toBe(false);
  expect(isSamePaid([adele], [accountOf('A', 101)])).toBe(false);
  expect(isSamePaid([adele], [accountOf('B', 100)])).toBe(false);
});

test('the steps of a payout lead from what was kept to what is paid', () => {
  const account = {
    ...accountOf('A', 340),
    before_cents: 10,
    returned_cents: 20,
    reserve_cents: 50,
  };
  const steps = stepsOf({ ...account, collected_cents: 400 });
  expect(steps.map(({ word, cents }) => [word, cents])).toEqual([
    ['before', 10],
    ['collected', 400],
    ['returned', -20],
    ['reserve', -50],
  ]);
  expect(steps.reduce((sum, { cents }) => sum + cents, 0)).toBe(account.payable_cents);
  expect([accountOf('A', 0), account].map(isMoving)).toEqual([false, true]);
});

test('codes of banks are told in words, and those without words as they are', () => {
  expect(bankReason('AM04', 'fr')).toBe('pas assez d’argent sur le compte (AM04)');
  expect(bankReason('ZZ99', 'en')).toBe('ZZ99');
  expect(Object.keys(bankReasonWords.en)).toEqual(Object.keys(bankReasonWords.fr));
});

test('days after a due date are listed as one says them', () => {
  const { fr, en } = sellerSettingsWords;

  expect(fr.daysFrom([1], '1er décembre')).toContain('rappel 1 jour après');
  expect(fr.usually([7, 21, 45])).toContain('7, 21 et 45 jours après');
  expect(en.daysFrom([1], '1 December')).toContain('a reminder 1 day after');
  expect(en.daysFrom([1, 10], '1 December')).toContain('reminders 1 and 10 days after');
});

test('a fiscal year is named by the year in which it ends', () => {
  const books = (fiscal_year_end_month: number) => ({ fiscal_year_end_month }) as Books;
  const november = new Date('2026-11-30T12:00:00Z');
  expect(yearOfBooks(books(12), november)).toBe(2026);
  expect(yearOfBooks(books(6), november)).toBe(2027);
});

test('an account is the sum of its parties, of whom those that are settled are left out', () => {
  const row = (account: string, party_id: string | null, debit: number, credit: number) => ({
    account,
    account_label: 'Clients',
    party_id,
    party_name: party_id,
    debit_cents: debit,
    credit_cents: credit,
    balance_cents: debit - credit,
  });
  const [customers, bank] = byAccount([
    row('411000', 'A', 100, 40),
    row('411000', 'B', 70, 70),
    row('512000', null, 110, 0),
  ]);
  expect([customers?.debit, customers?.credit, customers?.balance]).toEqual([170, 110, 60]);
  expect(customers?.parties.map(({ party_id }) => party_id)).toEqual(['A']);
  expect([bank?.balance, bank?.parties]).toEqual([110, []]);
});

test('refusals that only pages about money know are of the platform, in both languages', () => {
  const known = Object.keys(paymentRefusals.fr);
  expect(known.length).toBeGreaterThan(20);
  expect(known.filter((slug) => !(slug in slugs))).toEqual([]);
  expect(Object.keys(paymentRefusals.en)).toEqual(known);
});

test('the days of reminders are those in force when an invoice falls due, else the usual ones', () => {
  const schedules = [
    { valid_from: '2026-01-01', after_days: [10] },
    { valid_from: '2026-12-01', after_days: [5, 15] },
  ];
  expect(daysOf('2026-11-30', schedules)).toEqual([10]);
  expect(daysOf('2026-12-01', schedules)).toEqual([5, 15]);
  expect(daysOf('2025-12-31', schedules)).toEqual([7, 21, 45]);
});

function accountOf(payee_id: string, cents: number): PayeeAccount {
  return {
    payee_id,
    name: payee_id,
    since: '2026-11-01',
    before_cents: 0,
    collected_cents: cents,
    returned_cents: 0,
    refunded_cents: 0,
    earlier_transfers_cents: 0,
    owed_cents: cents,
    credits_cents: 0,
    reserve_cents: 0,
    payable_cents: cents,
    not_paid: null,
    blocked_by: null,
  };
}

test('what the bank says of a debit and of a transfer is told by one rule', () => {
  const nothing = { returned_on: null, cancelled_on: null, return_reason: null };
  const told = (order: Partial<BankAnswer>) =>
    answerOf({ ...nothing, ...order }, bankFileWords.fr, 'fr').replace(/\s/gu, ' ');

  expect(told({ received_on: null })).toBe('attend la banque');
  expect(told({ received_on: '2026-12-07' })).toBe('reçu le 7 décembre 2026');
  expect(told({ executed_on: '2026-12-07' })).toBe('fait le 7 décembre 2026');
  expect(told({ executed_on: null, cancelled_on: '2026-12-07' })).toBe('annulé le 7 décembre 2026');
  expect(told({ executed_on: '2026-12-07', returned_on: '2026-12-09' })).toBe(
    'revenu le 9 décembre 2026 : motif non précisé',
  );
  const files = [{ executed_on: null }, { executed_on: '2026-12-07' }].map((order) => ({
    cancelled_on: null,
    items: [{ ...nothing, ...order }],
  }));
  expect(files.map(isUnanswered)).toEqual([true, false]);
});
