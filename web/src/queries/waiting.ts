import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { type Enrolment, enrolmentsQuery } from './enrolments';

export type SignUp = components['schemas']['SignUpOut'];

const SIGN_UP = '/community/operations/{operation_id}/sign-ups/{sign_up_id}';

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
  return {
    ...enrolmentsQuery(operation_id),
    select: (enrolments: Enrolment[]) => enrolments.filter(isOpen),
  };
}

function isOpen({ phase, leave_request }: Enrolment): boolean {
  return ['prospect', 'signed', 'declared'].includes(phase) || leave_request !== null;
}

/** Make who asked a member, and their point one that is to come in. Throws Problem. */
export function acceptSignUp(
  { operation_id, id }: SignUp,
  body: components['schemas']['AcceptanceOfSignUpIn'],
): Promise<SignUp> {
  const path = { operation_id, sign_up_id: id };
  return unwrap(api.POST(`${SIGN_UP}/acceptance`, { params: { path }, body }));
}

/** They are written to, with the reason. Throws Problem. */
export function refuseSignUp({ operation_id, id }: SignUp, reason: string): Promise<SignUp> {
  const path = { operation_id, sign_up_id: id };
  return unwrap(api.POST(`${SIGN_UP}/refusal`, { params: { path }, body: { reason } }));
}
