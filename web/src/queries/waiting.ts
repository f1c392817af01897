import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type SignUp = components['schemas']['SignUpOut'];
export type Enrolment = components['schemas']['EnrolmentOut'];

/** Who has asked to join an operation: those who have no answer yet, and those who were accepted. */
export function signUpsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['sign-ups', operation_id],
    queryFn: () =>
      unwrap(
        api.GET('/community/operations/{operation_id}/sign-ups', {
          params: { path: { operation_id }, query: { limit: 1000 } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** Those that somebody has to go on with: on their way in, or asked to leave. */
export function openEnrolmentsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['open enrolments', operation_id],
    queryFn: async () => {
      const enrolments = await unwrap(
        api.GET('/community/operations/{operation_id}/enrolments', {
          params: { path: { operation_id }, query: { limit: 1000 } },
        }),
      );
      return enrolments.filter(isOpen);
    },
    staleTime: 30_000,
  });
}

function isOpen({ phase, leave_request }: Enrolment): boolean {
  return ['prospect', 'signed', 'declared'].includes(phase) || leave_request !== null;
}
