import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Books = components['schemas']['BooksOut'];
export type BooksIn = components['schemas']['BooksIn'];
export type Accounts = components['schemas']['AccountsOut'];
export type Balance = components['schemas']['BalanceOut'];
export type Unbilled = components['schemas']['UnbilledYearOut'];
type Closing = components['schemas']['ClosingOut'];

/** How the books of a seller are kept. */
export function booksQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'books', issuer_id],
    queryFn: () => booksOf(issuer_id),
    staleTime: 60_000,
  });
}

/** What each account of a fiscal year comes to, by party. */
export function balancesQuery(issuer_id: string, year: number) {
  return queryOptions({
    queryKey: ['payments', 'balances', issuer_id, year],
    queryFn: () => balancesOf(issuer_id, year),
    staleTime: 30_000,
  });
}

/** What is supplied in a fiscal year and not billed: to be seen before it is closed. */
export function unbilledQuery(issuer_id: string, year: number) {
  const params = { path: { issuer_id, year } };
  return queryOptions({
    queryKey: ['payments', 'unbilled', issuer_id, year],
    queryFn: () =>
      unwrap(api.GET('/billing/issuers/{issuer_id}/books/years/{year}/unbilled', { params })),
    staleTime: 30_000,
  });
}

export function booksOf(issuer_id: string): Promise<Books> {
  const params = { path: { issuer_id } };
  return unwrap(api.GET('/billing/issuers/{issuer_id}/books', { params }));
}

/** Keep the books by these settings from now on. Throws Problem. */
export function saveBooks(issuer_id: string, body: BooksIn): Promise<Books> {
  const params = { path: { issuer_id } };
  return unwrap(api.PUT('/billing/issuers/{issuer_id}/books', { params, body }));
}

export function balancesOf(issuer_id: string, year: number): Promise<Balance[]> {
  const params = { path: { issuer_id }, query: { year } };
  return unwrap(api.GET('/billing/issuers/{issuer_id}/balances', { params }));
}

/** No entry can be made in a fiscal year any more. Throws Problem. */
export function closeYear(issuer_id: string, year: number): Promise<Closing> {
  const params = { path: { issuer_id, year } };
  return unwrap(api.POST('/billing/issuers/{issuer_id}/books/years/{year}/closing', { params }));
}

/** The file of accounting entries. Throws Problem. */
export function loadFec(issuer_id: string, year: number): Promise<Blob> {
  const params = { path: { issuer_id }, query: { year } };
  const file = api.GET('/billing/issuers/{issuer_id}/fec', { params, parseAs: 'blob' });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}

/** All entries, for a spreadsheet. Throws Problem. */
export function loadJournal(issuer_id: string, year: number): Promise<Blob> {
  const params = { path: { issuer_id }, query: { year } };
  const file = api.GET('/billing/issuers/{issuer_id}/journal.csv', { params, parseAs: 'blob' });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}
