import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import { allPages } from './allPages';
import type { Mandate, MandateRequest } from './mandates';

export type NewMandate = components['schemas']['MandateIn'];

/** More than that, and the platform asks for one page after another. */
const MOST = 1000;

/** The mandates of who collects, revoked ones too, by reference. */
export function mandatesOfQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'mandates', issuer_id],
    queryFn: () =>
      allPages(
        MOST,
        (query) =>
          unwrap(
            api.GET('/billing/issuers/{issuer_id}/mandates', {
              params: { path: { issuer_id }, query },
            }),
          ),
        ({ id }) => id,
      ),
    staleTime: 60_000,
  });
}

/** Who asks to be debited, and has no answer yet. */
export function requestsOfQuery(issuer_id: string) {
  return queryOptions({
    queryKey: ['payments', 'mandate requests', issuer_id],
    queryFn: () =>
      unwrap(
        api.GET('/billing/issuers/{issuer_id}/mandate-requests', {
          params: { path: { issuer_id }, query: { limit: MOST } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** A mandate that was signed on paper. Throws Problem. */
export function recordMandate(issuer_id: string, mandate_id: string, body: NewMandate) {
  const params = { path: { issuer_id, mandate_id } };
  return unwrap(api.PUT('/billing/issuers/{issuer_id}/mandates/{mandate_id}', { params, body }));
}

/** From today on nothing new is debited by it; its debtor is told. Throws Problem. */
export function endMandate({ creditor_id, id }: Mandate): Promise<Mandate> {
  const params = { path: { issuer_id: creditor_id, mandate_id: id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/mandates/{mandate_id}/revocation', { params }),
  );
}

/** What was asked for is a mandate, under this reference. Throws Problem. */
export function confirmRequest({ creditor_id, id }: MandateRequest, rum: string): Promise<Mandate> {
  const params = { path: { issuer_id: creditor_id, mandate_request_id: id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/mandate-requests/{mandate_request_id}/confirmation', {
      params,
      body: { rum },
    }),
  );
}

/** Its debtor reads the reason. Throws Problem. */
export function declineRequest({ creditor_id, id }: MandateRequest, reason: string) {
  const params = { path: { issuer_id: creditor_id, mandate_request_id: id } };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/mandate-requests/{mandate_request_id}/refusal', {
      params,
      body: { reason },
    }),
  );
}
