import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import type { OwnParticipation } from './me';

export type LeaveRequest = components['schemas']['AskedToLeaveOut'];

const PATH = '/community/operations/{operation_id}/points/{prm}/leave-request';

/** One's wishes to leave an operation that its organiser has not answered yet, by PRM. */
export function leaveRequestsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['leave-requests', operation_id],
    queryFn: async () => {
      // Asked point by point, who has not wished to leave would be refused.
      const enrolments = await unwrap(
        api.GET('/community/operations/{operation_id}/enrolments', {
          params: { path: { operation_id }, query: { limit: 1000 } },
        }),
      );
      const requests: Record<string, LeaveRequest> = {};
      for (const { prm, leave_request, valid_to } of enrolments) {
        if (leave_request && valid_to === null) requests[prm] = leave_request;
      }
      return requests;
    },
  });
}

/** Throws Problem. */
export async function askToLeave(
  { operation_id, prm }: OwnParticipation,
  body: components['schemas']['LeaveRequestIn'],
): Promise<void> {
  await unwrap(api.PUT(PATH, { params: { path: { operation_id, prm } }, body }));
}

/** Withdraw the wish. Throws Problem. */
export async function stay({ operation_id, prm }: OwnParticipation): Promise<void> {
  await unwrap(api.DELETE(PATH, { params: { path: { operation_id, prm } } }));
}
