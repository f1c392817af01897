import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type Invitation = components['schemas']['InvitationPreviewOut'];

/** To what one is invited, for whoever has its secret. */
export function invitationQuery(secret: string) {
  return queryOptions({
    queryKey: ['invitation', secret],
    queryFn: () => unwrap(api.POST('/community/invitations/preview', { body: { secret } })),
    gcTime: 0,
  });
}

/** Throws Problem. */
export function acceptInvitation(secret: string, password: string) {
  return unwrap(api.POST('/community/invitations/acceptance', { body: { secret, password } }));
}
