import { queryOptions } from '@tanstack/react-query';
import { api, unwrapOrNull } from '../api/client';
import { accountOf, unlessRefused } from './payees';
import type { Member } from './perimeters';

/** The member by which an organiser collects; null: it is not recorded yet. */
export function collectingMemberQuery(organiser_id: string) {
  const params = { path: { member_id: organiser_id } };
  return queryOptions({
    queryKey: ['collecting', 'member', organiser_id],
    queryFn: async (): Promise<Member | null> =>
      (await unlessRefused(unwrapOrNull(api.GET('/community/members/{member_id}', { params })))) ??
      null,
    staleTime: 60_000,
  });
}

/** Whether the organiser of an operation has an account to collect on. */
export function collectsQuery(organiser_id: string) {
  return queryOptions({
    queryKey: ['collecting', 'account', organiser_id],
    queryFn: async () => Boolean(await accountOf(organiser_id)),
    staleTime: 60_000,
  });
}
