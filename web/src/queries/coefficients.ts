import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type CoefficientsReport = components['schemas']['CoefficientsReportOut'];
export type Submission = components['schemas']['SubmissionOut'];

const COEFFICIENTS = '/allocation/operations/{operation_id}/coefficients';
const BLOB = { parseAs: 'blob' } as const;

/** The file of a month for the DSO, what rounding loses, and what was sent. */
export function coefficientsQuery(operation_id: string, month: string) {
  return queryOptions({
    queryKey: ['coefficients', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET(`${COEFFICIENTS}/report`, {
          params: { path: { operation_id }, query: { month } },
        }),
      ),
    staleTime: 30_000,
    // That none is needed, or days are missing, is no accident.
    retry: false,
  });
}

/** The text file, or a zip with one for each producer. Throws Problem. */
export function loadCoefficients(operation_id: string, month: string): Promise<Blob> {
  const params = { path: { operation_id }, query: { month } };
  return unwrap(api.GET(COEFFICIENTS, { params, ...BLOB }));
}

/** As it was sent. Throws Problem. */
export function loadSubmission({ operation_id, month, number }: Submission): Promise<Blob> {
  const params = { path: { operation_id, month, number } };
  return unwrap(api.GET(`${COEFFICIENTS}/submissions/{month}/{number}`, { params, ...BLOB }));
}

/** Record that this very file was sent now. Throws Problem. */
export function recordSubmission(
  { operation_id, month, sha256 }: Pick<CoefficientsReport, 'operation_id' | 'month' | 'sha256'>,
  note: string | null,
): Promise<Submission> {
  return unwrap(
    api.POST(`${COEFFICIENTS}/submissions`, {
      params: { path: { operation_id } },
      body: { month, sha256, note },
    }),
  );
}
