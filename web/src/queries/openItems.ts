import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { allPages } from './allPages';

export type CustomerBalance = components['schemas']['CustomerBalanceOut'];
export type OpenItem = components['schemas']['OpenItemOut'];

/** More than that, and the platform asks for one page after another. */
const MOST = 1000;

/** What each customer owes a seller, or is owed, by invoice. */
export function openItemsQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'open items', issuer_id],
    queryFn: () => openItems(issuer_id),
    staleTime: 30_000,
  });
}

/** What a customer owes one of several sellers. */
export type SellerBalance = CustomerBalance & { issuer_id: string };

/** The same of several sellers, whose money comes to one account. */
export function openItemsOfQuery(issuer_ids: readonly string[]) {
  return queryOptions({
    queryKey: ['payments', 'open items', ...issuer_ids],
    queryFn: async (): Promise<SellerBalance[]> => {
      const balances = await Promise.all(issuer_ids.map(openItems));
      return issuer_ids.flatMap((issuer_id, place) =>
        (balances[place] ?? []).map((balance) => ({ ...balance, issuer_id })),
      );
    },
    staleTime: 30_000,
  });
}

function openItems(issuer_id: string): Promise<CustomerBalance[]> {
  return allPages(
    MOST,
    (query) =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/open-items', {
          params: { path: { issuer_id }, query },
        }),
      ),
    ({ customer_id }) => customer_id,
  );
}
