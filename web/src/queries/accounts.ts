import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type Account = components['schemas']['AccountOut'];

/** More than that, and the platform asks for one page after another. */
const MOST = 1000;

/** All accounts, by e-mail address. */
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async (): Promise<Account[]> => {
    const accounts: Account[] = [];
    let page: Account[];
    do {
      const after = accounts.at(-1)?.id;
      const query = { limit: MOST, ...(after ? { after } : {}) };
      page = await unwrap(api.GET('/community/accounts', { params: { query } }));
      accounts.push(...page);
    } while (page.length === MOST);
    return accounts;
  },
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
