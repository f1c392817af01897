import { api, unwrap } from '../api/client';
import type { Language } from '../words/language';

const BLOB = { parseAs: 'blob' } as const;

/** What of a month's readings has come. Throws Problem. */
export function loadCompleteness(operation_id: string, month: string): Promise<Blob> {
  const params = { path: { operation_id }, query: { month } };
  return unwrap(api.GET('/ingest/operations/{operation_id}/completeness.csv', { params, ...BLOB }));
}

/** Who got what of whom, by day. Throws Problem. */
export function loadShares(operation_id: string, month: string): Promise<Blob> {
  const params = { path: { operation_id }, query: { month, by: 'day' as const } };
  return unwrap(api.GET('/allocation/operations/{operation_id}/shares.csv', { params, ...BLOB }));
}

/** Our figures beside the DSO's. Throws Problem. */
export function loadReconciliation(operation_id: string, month: string): Promise<Blob> {
  const params = { path: { operation_id }, query: { month } };
  return unwrap(
    api.GET('/allocation/operations/{operation_id}/reconciliation.csv', { params, ...BLOB }),
  );
}

/** What each producer sold. Throws Problem. */
export function loadStatements(
  operation_id: string,
  month: string,
  language: Language,
): Promise<Blob> {
  const params = { path: { operation_id, month }, query: { language } };
  return unwrap(
    api.GET('/billing/operations/{operation_id}/months/{month}/statements.pdf', {
      params,
      ...BLOB,
    }),
  );
}
