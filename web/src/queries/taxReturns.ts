import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type TaxReturn = components['schemas']['TaxReturnOut'];
export type VatFigures = components['schemas']['VatFiguresOut'];
export type AcciseFigures = components['schemas']['AcciseFiguresOut'];

/** What a seller declares of a month or a quarter, and the documents behind. */
export function taxReturnQuery(issuer_id: string, period: string) {
  const params = { path: { issuer_id }, query: { period } };
  return queryOptions({
    queryKey: ['payments', 'tax-return', issuer_id, period],
    queryFn: () => unwrap(api.GET('/billing/issuers/{issuer_id}/tax-return', { params })),
    staleTime: 30_000,
  });
}

/** The same for a spreadsheet, document by document. Throws Problem. */
export function loadTaxReturn(issuer_id: string, period: string): Promise<Blob> {
  const params = { path: { issuer_id }, query: { period } };
  const file = api.GET('/billing/issuers/{issuer_id}/tax-return.csv', {
    params,
    parseAs: 'blob',
  });
  return unwrap(file as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}
