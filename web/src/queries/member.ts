import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import type { Language } from '../words/language';

export type Erasure = components['schemas']['ErasureOut'];
export type Capital = components['schemas']['MemberCapitalOut'];
export type Session = components['schemas']['SessionOut'];

/** Where one is logged in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => unwrap(api.GET('/community/me/sessions')),
});

/** What an erasure takes away and leaves, whether it was asked for, and what stands in the way. */
export function erasureQuery(memberId: string, language: Language) {
  const params = { path: { member_id: memberId }, query: { language } };
  return queryOptions({
    queryKey: ['erasure', memberId, language],
    queryFn: () => unwrap(api.GET('/community/members/{member_id}/erasure', { params })),
  });
}

/** Throws Problem. */
export function askForErasure(memberId: string, language: Language): Promise<Erasure> {
  const params = { path: { member_id: memberId }, query: { language } };
  return unwrap(api.PUT('/community/members/{member_id}/erasure', { params }));
}

/** Co-operative shares of a member today, and how they came about. */
export function capitalQuery(memberId: string) {
  const path = { member_id: memberId };
  return queryOptions({
    queryKey: ['capital', memberId],
    queryFn: () => unwrap(api.GET('/community/members/{member_id}/capital', { params: { path } })),
  });
}

export function organiserQuery(organiserId: string) {
  const path = { organiser_id: organiserId };
  return queryOptions({
    queryKey: ['organiser', organiserId],
    queryFn: () => unwrap(api.GET('/community/organisers/{organiser_id}', { params: { path } })),
    staleTime: 60 * 60_000,
  });
}
