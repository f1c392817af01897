import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { Language } from '../words/language';

export type YearlyReport = components['schemas']['YearlyReportOut'];
export type Energies = components['schemas']['EnergiesOut'];

/** A year of an operation. */
export function yearlyReportQuery(operation_id: string, year: number) {
  const params = { path: { operation_id }, query: { year } };
  return queryOptions({
    queryKey: ['yearly report', operation_id, year],
    queryFn: () => unwrap(api.GET('/billing/operations/{operation_id}/yearly-report', { params })),
    staleTime: 60_000,
  });
}

/** The same on paper. Throws Problem. */
export function loadYearlyReport(
  operation_id: string,
  year: number,
  language: Language,
): Promise<Blob> {
  const params = { path: { operation_id }, query: { year, language } };
  return unwrap(
    api.GET('/billing/operations/{operation_id}/yearly-report.pdf', { params, parseAs: 'blob' }),
  );
}
