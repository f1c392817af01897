import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import { type Rights, rolesWith } from '../words/rights';
import type { Account } from './accounts';

type Schemas = components['schemas'];
export type Invitation = Schemas['InvitationOut'];
export type Pause = Schemas['PausedOut'];
type InvitationBody = Schemas['InvitationIn'];

const ACCOUNT = '/community/accounts/{email}';
/** The newest: what is older is accepted, withdrawn or over. */
const INVITATIONS = 200;

/** Accounts that cannot log in at the moment, as their passwords were mistaken too often. */
export const pausesQuery = queryOptions({
  queryKey: ['log-in pauses'],
  queryFn: () => unwrap(api.GET('/community/log-in-pauses')),
  staleTime: 10_000,
});

/** The latest invitations, the newest first. */
export const sentInvitationsQuery = queryOptions({
  queryKey: ['sent invitations'],
  queryFn: () =>
    unwrap(api.GET('/community/invitations', { params: { query: { limit: INVITATIONS } } })),
  staleTime: 10_000,
});

/** Where an account is logged in. */
export function accountSessionsQuery(email: string) {
  return queryOptions({
    queryKey: ['account sessions', email],
    queryFn: () => unwrap(api.GET(`${ACCOUNT}/sessions`, { params: { path: { email } } })),
    staleTime: 10_000,
  });
}

/** Throws Problem. */
export function liftPause(email: string) {
  return unwrap(api.DELETE('/community/log-in-pauses/{email}', { params: { path: { email } } }));
}

/** Throws Problem. */
export function invite(body: InvitationBody) {
  return unwrap(api.POST('/community/invitations', { body }));
}

/** Throws Problem. */
export function withdrawInvitation(invitation_id: string) {
  const params = { path: { invitation_id } };
  return unwrap(api.POST('/community/invitations/{invitation_id}/withdrawal', { params }));
}

/** Let an account log in no more, or again. Throws Problem. */
export function setDisabled({ email, roles, operations, member_id }: Account, disabled: boolean) {
  const body = { roles, operations, member_id, disabled };
  return unwrap(api.PUT(ACCOUNT, { params: { path: { email } }, body }));
}

/** Let an account run other operations, or be one of staff or not. Throws Problem. */
export function setRights(account: Account, rights: Rights) {
  const { email, disabled, member_id } = account;
  const roles = rolesWith(account, rights);
  const body = { roles, operations: [...rights.operations], member_id, disabled };
  return unwrap(api.PUT(ACCOUNT, { params: { path: { email } }, body }));
}

/** Throws Problem. */
export function logOutEverywhere(email: string) {
  return unwrap(api.DELETE(`${ACCOUNT}/sessions`, { params: { path: { email } } }));
}

/** Throws Problem. */
export function removeAuthenticator(email: string) {
  return unwrap(api.DELETE(`${ACCOUNT}/authenticator`, { params: { path: { email } } }));
}

/** What is listed of accounts is another one after a change. */
export async function accessChanged(queries: QueryClient): Promise<void> {
  const keys = ['accounts', 'account sessions', 'sent invitations', 'log-in pauses'];
  await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })));
}
