import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { Language } from '../words/language';

export type GiftPeriod = components['schemas']['GiftPeriodBody'];

/** The months whose energy an operation gives. */
export function giftsQuery(operation_id: string) {
  const params = { path: { operation_id } };
  return queryOptions({
    queryKey: ['gifts', operation_id],
    queryFn: () => unwrap(api.GET('/billing/operations/{operation_id}/gifts', { params })),
    select: ({ periods }): GiftPeriod[] => periods,
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function saveGifts(operation_id: string, periods: GiftPeriod[]) {
  const params = { path: { operation_id } };
  return unwrap(api.PUT('/billing/operations/{operation_id}/gifts', { params, body: { periods } }));
}

/** What was given and received in a year, on paper. Throws Problem. */
export function loadGiftStatements(
  operation_id: string,
  year: number,
  language: Language,
): Promise<Blob> {
  const params = { path: { operation_id }, query: { year, language } };
  return unwrap(
    api.GET('/billing/operations/{operation_id}/gift-statements.pdf', { params, parseAs: 'blob' }),
  );
}
