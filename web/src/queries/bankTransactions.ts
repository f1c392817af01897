import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { allPages, type Page } from './allPages';

export type BankTransaction = components['schemas']['BankTransactionOut'];
export type InvoiceTransaction = components['schemas']['InvoiceTransactionOut'];
export type AssignedPart = components['schemas']['AssignedPartIn'];
export type TransferCandidate = components['schemas']['TransferCandidateOut'];
export type Imported = components['schemas']['ImportedOut'];

/** The most that is told at once. */
const MOST = 1000;
const PAGE = 50;

/** All that came or went on an account, the newest day first, page by page. */
export function transactionsQuery(issuer_id: string) {
  return infiniteQueryOptions({
    queryKey: ['payments', 'transactions', issuer_id],
    queryFn: ({ pageParam: after }) =>
      ask(issuer_id, false, { limit: PAGE, ...(after ? { after } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    select: ({ pages }) => pages.flat(),
    staleTime: 30_000,
  });
}

/** What no rule has matched, all of it: a person says whose it is. */
export function unmatchedQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'unmatched', issuer_id],
    queryFn: () =>
      allPages(
        MOST,
        (page) => ask(issuer_id, true, page),
        ({ id }) => id,
      ),
    staleTime: 30_000,
  });
}

function ask(issuer_id: string, unmatched: boolean, page: Page): Promise<BankTransaction[]> {
  return unwrap(
    api.GET('/billing/issuers/{issuer_id}/bank-transactions', {
      params: { path: { issuer_id }, query: { unmatched, ...page } },
    }),
  );
}

/** What the bank says of an account, one file after another; the sums of all. Throws Problem. */
export async function takeStatements(issuer_id: string, files: readonly File[]): Promise<Imported> {
  const sums: Imported = { transactions: 0, new: 0, matched: 0, gaps: [] };
  for (const file of files) {
    const taken = await takeStatement(issuer_id, file);
    sums.transactions += taken.transactions;
    sums.new += taken.new;
    sums.matched += taken.matched;
    sums.gaps.push(...taken.gaps);
  }
  return sums;
}

function takeStatement(issuer_id: string, file: File): Promise<Imported> {
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/statements', {
      params: { path: { issuer_id } },
      body: '',
      bodySerializer: () => file,
      headers: { 'content-type': 'application/xml' },
    }),
  );
}

/** Its parts pay invoices, or pay them back. Throws Problem. */
export function assign(
  issuer_id: string,
  transaction_id: string,
  payments: AssignedPart[],
): Promise<BankTransaction> {
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/bank-transactions/{transaction_id}/assignment', {
      params: { path: { issuer_id, transaction_id } },
      body: { payments },
    }),
  );
}

/** The transfers of our files that it may be, the most likely first. */
export function transferCandidatesQuery(issuer_id: string, transaction_id: string) {
  const params = { path: { issuer_id, transaction_id } };
  return queryOptions({
    queryKey: ['payments', 'transfers of', issuer_id, transaction_id],
    queryFn: () =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/bank-transactions/{transaction_id}/transfers', {
          params,
        }),
      ),
    staleTime: 30_000,
  });
}

/** It made a transfer of ours, or brought it back. Throws Problem. */
export function assignTransfer(
  issuer_id: string,
  transaction_id: string,
  item_id: string,
): Promise<BankTransaction> {
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/bank-transactions/{transaction_id}/transfer', {
      params: { path: { issuer_id, transaction_id } },
      body: { item_id },
    }),
  );
}

/** It waits again, and reversing entries are made. Throws Problem. */
export function takeBack(issuer_id: string, transaction_id: string): Promise<BankTransaction> {
  return unwrap(
    api.DELETE('/billing/issuers/{issuer_id}/bank-transactions/{transaction_id}/assignment', {
      params: { path: { issuer_id, transaction_id } },
    }),
  );
}

/** It is entered on 471, for the accountant. Throws Problem. */
export function setNotOurs(issuer_id: string, transaction_id: string): Promise<BankTransaction> {
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/bank-transactions/{transaction_id}/not-ours', {
      params: { path: { issuer_id, transaction_id } },
    }),
  );
}

/** What paid an invoice, the oldest first. */
export function invoiceTransactionsQuery(invoice_id: string) {
  return queryOptions({
    queryKey: ['payments', 'of invoice', invoice_id],
    queryFn: () =>
      unwrap(
        api.GET('/billing/invoices/{invoice_id}/bank-transactions', {
          params: { path: { invoice_id } },
        }),
      ),
    staleTime: 30_000,
  });
}
