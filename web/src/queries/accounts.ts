import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';

export type Account = components['schemas']['AccountOut'];

/** More than that, and the platform asks for one page after another. */
const MOST = 1000;

/** All accounts, by e-mail address. */
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: () =>
    allPages(
      MOST,
      (query) => unwrap(api.GET('/community/accounts', { params: { query } })),
      ({ id }) => id,
    ),
  staleTime: 60_000,
});

/** Accounts that may look after what staff do. */
export function staffOf(accounts: readonly Account[]): Account[] {
  return accounts.filter(({ roles, disabled }) => roles.includes('operator') && !disabled);
}

/** Who a subject of a token is, as far as that is an account; else the subject itself. */
export function nameOfSubject(accounts: readonly Account[], subject: string): string {
  return accounts.find(({ id }) => id === subject)?.email ?? subject;
}
