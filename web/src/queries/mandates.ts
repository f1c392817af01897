import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { Language } from '../words/language';

export type Mandate = components['schemas']['MandateOut'];
export type Collector = components['schemas']['CollectorOut'];
export type MandateRequest = components['schemas']['MandateRequestOut'];
type Wish = components['schemas']['MandateRequestIn'];

/** The mandates by which a member pays; their IBANs are masked. */
export const mandatesQuery = queryOptions({
  queryKey: ['mandates'],
  queryFn: () => unwrap(api.GET('/billing/mandates')),
  staleTime: 60_000,
});

/** From today on; what is in a file for the bank is still debited. Throws Problem. */
export function revokeMandate({ id }: Mandate) {
  const path = { mandate_id: id };
  return unwrap(api.POST('/billing/mandates/{mandate_id}/revocation', { params: { path } }));
}

/** What a member asked for and was not confirmed: it waits, or was declined. */
export const mandateRequestsQuery = queryOptions({
  queryKey: ['mandate requests'],
  queryFn: () => unwrap(api.GET('/billing/mandate-requests')),
});

/** Who may collect from a member, and the text to agree to. */
export function collectorsQuery(language: Language) {
  return queryOptions({
    queryKey: ['mandate collectors', language],
    queryFn: () =>
      unwrap(api.GET('/billing/mandate-collectors', { params: { query: { language } } })),
    staleTime: 60_000,
  });
}

/** To be debited, once who collects has confirmed it. Throws Problem. */
export function askForMandate(wish: Wish) {
  const path = { mandate_request_id: crypto.randomUUID() };
  return unwrap(
    api.PUT('/billing/mandate-requests/{mandate_request_id}', { params: { path }, body: wish }),
  );
}

/** Throws Problem. */
export function withdrawRequest(request: MandateRequest) {
  const path = { mandate_request_id: request.id };
  return unwrap(api.DELETE('/billing/mandate-requests/{mandate_request_id}', { params: { path } }));
}
