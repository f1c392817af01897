import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type Mandate = components['schemas']['services__billing__schemas__payments__MandateOut'];

/** The mandates by which a member pays; their IBANs are masked. */
export const mandatesQuery = queryOptions({
  queryKey: ['mandates'],
  queryFn: () => unwrap(api.GET('/billing/mandates')),
  staleTime: 60_000,
});
