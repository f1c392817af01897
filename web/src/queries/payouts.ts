import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { yearOfBooks } from '../words/fiscalYears';
import { isSameOwed } from '../words/payouts';
import { allPages } from './allPages';
import { balancesOf, booksOf } from './books';

export type Payout = components['schemas']['PayoutOut'];
export type PayoutDetail = components['schemas']['PayoutDetailOut'];
export type PayoutItem = components['schemas']['PayoutItemOut'];

/** What an account holds for somebody else. */
export interface OwedOut {
  payee: string;
  name: string;
  cents: number;
}

const MOST = 1000;

/** The payouts of who collects for others, the newest day first. */
export function payoutsQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'payouts', issuer_id],
    queryFn: () => listPayouts(issuer_id),
    staleTime: 30_000,
  });
}

export function payoutQuery(issuer_id: string, payout_id: string) {
  return queryOptions({
    queryKey: ['payments', 'payout', issuer_id, payout_id],
    queryFn: () => getPayout(issuer_id, payout_id),
    staleTime: 30_000,
  });
}

export function owedToOthersQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'owed to others', issuer_id],
    queryFn: () => owedToOthers(issuer_id),
    staleTime: 30_000,
  });
}

/** By the books of who collects, since the last year that is closed; less what is on its way. */
export async function owedToOthers(issuer_id: string): Promise<OwedOut[]> {
  const books = await booksOf(issuer_id);
  const last = yearOfBooks(books, new Date());
  // What a closed year owed is in the opening of the next one.
  const first = (books.closed_year ?? last - 2) + 1;
  const years = Array.from({ length: last - first + 1 }, (_, number) => first + number);
  const [balances, pending] = await Promise.all([
    Promise.all(years.map((year) => balancesOf(issuer_id, year))),
    pendingOf(issuer_id),
  ]);
  const owed = new Map<string, OwedOut>();
  for (const { account, party_id, party_name, balance_cents } of balances.flat()) {
    if (account !== books.accounts.intermediaries || !party_id) continue;
    const before = owed.get(party_id)?.cents ?? -(pending.get(party_id) ?? 0);
    const cents = before - balance_cents;
    owed.set(party_id, { payee: party_id, name: party_name ?? party_id, cents });
  }
  return [...owed.values()].filter(({ cents }) => cents > 0);
}

/** By payee, what the bank has not said to be done. */
async function pendingOf(issuer_id: string): Promise<Map<string, number>> {
  const open = (await listPayouts(issuer_id)).filter(({ cancelled_on }) => cancelled_on === null);
  const details = await Promise.all(open.map(({ id }) => getPayout(issuer_id, id)));
  const pending = new Map<string, number>();
  for (const { items } of details) {
    for (const { payee_id, amount_cents, executed_on, cancelled_on } of items) {
      if (executed_on !== null || cancelled_on !== null) continue;
      pending.set(payee_id, (pending.get(payee_id) ?? 0) + amount_cents);
    }
  }
  return pending;
}

function listPayouts(issuer_id: string): Promise<Payout[]> {
  return allPages(
    MOST,
    (query) =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/payouts', { params: { path: { issuer_id }, query } }),
      ),
    ({ id }) => id,
  );
}

function getPayout(issuer_id: string, payout_id: string): Promise<PayoutDetail> {
  const params = { path: { issuer_id, payout_id } };
  return unwrap(api.GET('/billing/issuers/{issuer_id}/payouts/{payout_id}', { params }));
}

/**
 * Have transfers of all that is owed made, in one file for the bank; null, and none is made, where
 * that is no more what was shown. Throws Problem.
 */
export async function payOut(
  issuer_id: string,
  payout_id: string,
  day: string,
  shown: readonly OwedOut[],
): Promise<Payout | null> {
  if (!isSameOwed(shown, await owedToOthers(issuer_id))) return null;
  const params = { path: { issuer_id, payout_id } };
  return unwrap(
    api.PUT('/billing/issuers/{issuer_id}/payouts/{payout_id}', { params, body: { day } }),
  );
}

/** The bank never got its file. Throws Problem. */
export function cancelPayout({ creditor_id, id }: Payout): Promise<Payout> {
  const params = { path: { issuer_id: creditor_id, payout_id: id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/payouts/{payout_id}/cancellation', { params }),
  );
}

/** The bank rejected one of them before money moved. Throws Problem. */
export function rejectTransfer(
  issuer_id: string,
  payout_id: string,
  item_id: string,
  reason: string,
) {
  const params = { path: { issuer_id, payout_id, item_id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/payouts/{payout_id}/items/{item_id}/rejection', {
      params,
      body: { reason },
    }),
  );
}

/** The transfers, for the bank. Throws Problem. */
export function loadTransfers({ creditor_id, id }: Payout): Promise<Blob> {
  const params = { path: { issuer_id: creditor_id, payout_id: id } };
  const file = api.GET('/billing/issuers/{issuer_id}/payouts/{payout_id}/pain.001.xml', {
    params,
    parseAs: 'blob',
  });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}
