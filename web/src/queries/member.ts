import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import type { Language } from '../words/language';

export type Erasure = components['schemas']['ErasureOut'];
export type Capital = components['schemas']['MemberCapitalOut'];
export type Contact = components['schemas']['ContactIn'];

/** Where one lives, and in which language one is written to. Throws Problem. */
export function saveContact(body: Contact) {
  return unwrap(api.PUT('/community/me/contact', { body }));
}

/** To be written to at another address, once the link that is sent there was followed. Throws Problem. */
export function changeEmail(email: string) {
  return unwrap(api.POST('/community/me/email-changes', { body: { email } }));
}

/** The addresses whose links were not opened yet, the one that was asked for last first. */
export const waitingEmailsQuery = queryOptions({
  queryKey: ['waiting emails'],
  queryFn: () => unwrap(api.GET('/community/me/email-changes')),
});

/** To be written to where one is now; no link that was sent is good any more. Throws Problem. */
export function cancelEmailChanges() {
  return unwrap(api.DELETE('/community/me/email-changes'));
}

/** By the secret of that link; nobody has to be logged in. Throws Problem. */
export function confirmEmail(secret: string) {
  return unwrap(api.POST('/community/email-changes/confirmation', { body: { secret } }));
}

/** All that is kept of whoever is logged in. Throws Problem. */
export function loadOwnData(): Promise<Blob> {
  return unwrap(api.GET('/community/me/data.zip', { parseAs: 'blob' }));
}

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

/** As long as nobody has carried it out. Throws Problem. */
export function withdrawErasure(memberId: string) {
  const params = { path: { member_id: memberId } };
  return unwrap(api.DELETE('/community/members/{member_id}/erasure', { params }));
}

/** Co-operative shares of a member today, and how they came about. */
export function capitalQuery(memberId: string) {
  const path = { member_id: memberId };
  return queryOptions({
    queryKey: ['capital', memberId],
    queryFn: () => unwrap(api.GET('/community/members/{member_id}/capital', { params: { path } })),
  });
}

/** The paper that says what a member holds of a co-operative. Throws Problem. */
export function loadCertificate(
  member_id: string,
  organiser_id: string,
  language: Language,
): Promise<Blob> {
  return unwrap(
    api.GET('/community/members/{member_id}/capital/{organiser_id}/certificate.pdf', {
      params: { path: { member_id, organiser_id }, query: { language } },
      parseAs: 'blob',
    }),
  );
}

export function organiserQuery(organiserId: string) {
  const path = { organiser_id: organiserId };
  return queryOptions({
    queryKey: ['organiser', organiserId],
    queryFn: () => unwrap(api.GET('/community/organisers/{organiser_id}', { params: { path } })),
    staleTime: 60 * 60_000,
  });
}
