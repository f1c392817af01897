import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { dayAt } from '../words/dates';
import { sum } from '../words/numbers';
import { askedCents } from '../words/payments';
import { collectableOf, isStatementWanted } from '../words/paymentTasks';
import { dueReminders } from '../words/reminders';
import { transactionsQuery, unmatchedQuery } from './bankTransactions';
import type { InvoiceSummary } from './invoices';
import { mandatesOfQuery, requestsOfQuery } from './mandateDesk';
import { openItemsQuery } from './openItems';
import { owedInQuery } from './owed';
import { type Collector, payeesQuery, type Seller, unlessRefused } from './payees';
import { previewPayout } from './payouts';
import { schedulesQuery } from './reminders';
import { undelivered } from './submissions';

/** Something that somebody has to do about money, and whose page it is done on. */
export type PaymentTask = { payee: string; name: string } & (
  | { kind: 'unmatched' | 'asked' | 'dueReminders' | 'undelivered'; count: number }
  | { kind: 'statementWanted'; day: string | null }
  | { kind: 'collectable'; count: number; cents: number }
  | { kind: 'owedToOthers'; cents: number }
);

/** What has to be done about the money of an operation. */
export function paymentTasksQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['payments', 'tasks', operation_id],
    queryFn: async ({ client }): Promise<PaymentTask[]> => {
      const today = dayAt(new Date());
      const [{ sellers, collectors }, owed] = await Promise.all([
        client.fetchQuery(payeesQuery(operation_id)),
        client.fetchQuery(owedInQuery(operation_id)),
      ]);
      const tasks = await Promise.all([
        ...collectors.map((collector) => tasksOfAccount(client, collector, owed, today)),
        ...sellers.map((seller) => tasksOfSeller(client, seller, today)),
      ]);
      return tasks.flat();
    },
    staleTime: 30_000,
  });
}

async function tasksOfAccount(
  client: QueryClient,
  { id, name, creditor, others }: Collector,
  allOwed: readonly InvoiceSummary[],
  today: string,
): Promise<PaymentTask[]> {
  const of = { payee: id, name };
  const issuers = [id, ...others.map((seller) => seller.id)];
  const owed = allOwed.filter(({ issuer }) => issuers.includes(issuer.member_id));
  const [unmatched, requests, mandates, { pages }, payout] = await Promise.all([
    client.fetchQuery(unmatchedQuery(id)),
    client.fetchQuery(requestsOfQuery(id)),
    client.fetchQuery(mandatesOfQuery(id)),
    client.fetchInfiniteQuery(transactionsQuery(id)),
    others.length > 0 ? unlessRefused(previewPayout(id)) : undefined,
  ]);
  const last = pages[0]?.[0]?.booked_on ?? null;
  const collectable = creditor.ics
    ? collectableOf(owed, mandates, creditor.notice_days, today)
    : [];
  const cents = sum(collectable.map(({ payment }) => (payment ? askedCents(payment) : 0)));
  const tasks: (PaymentTask | false)[] = [
    unmatched.length > 0 && { ...of, kind: 'unmatched', count: unmatched.length },
    requests.length > 0 && { ...of, kind: 'asked', count: requests.length },
    isStatementWanted(owed, last, today) && { ...of, kind: 'statementWanted', day: last },
    collectable.length > 0 && { ...of, kind: 'collectable', count: collectable.length, cents },
    payout !== undefined &&
      payout.total_cents > 0 && { ...of, kind: 'owedToOthers', cents: payout.total_cents },
  ];
  return tasks.filter((task) => task !== false);
}

async function tasksOfSeller(
  client: QueryClient,
  { id, name, keepsBooks }: Seller,
  today: string,
): Promise<PaymentTask[]> {
  const of = { payee: id, name };
  const [reminders, lost] = await Promise.all([
    keepsBooks ? countReminders(client, id, today) : 0,
    keepsBooks ? undelivered(id) : [],
  ]);
  const tasks: (PaymentTask | false)[] = [
    reminders > 0 && { ...of, kind: 'dueReminders', count: reminders },
    lost.length > 0 && { ...of, kind: 'undelivered', count: lost.length },
  ];
  return tasks.filter((task) => task !== false);
}

async function countReminders(client: QueryClient, id: string, today: string): Promise<number> {
  const [balances, schedules] = await Promise.all([
    client.fetchQuery(openItemsQuery(id)),
    client.fetchQuery(schedulesQuery(id)),
  ]);
  const items = balances.flatMap((balance) => balance.items);
  return dueReminders(items, schedules, today).length;
}
