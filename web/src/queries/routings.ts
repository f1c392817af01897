import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Routing = components['schemas']['RoutingOut'];

/** Where a customer wants its electronic invoices. */
export function routingQuery(operation_id: string, member_id: string) {
  const params = { path: { member_id } };
  return queryOptions({
    queryKey: ['routing', operation_id, member_id],
    queryFn: () => unwrap(api.GET('/billing/customers/{member_id}/routing', { params })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function saveRouting(member_id: string, body: Routing): Promise<Routing> {
  const params = { path: { member_id } };
  return unwrap(api.PUT('/billing/customers/{member_id}/routing', { params, body }));
}
