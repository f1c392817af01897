import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';
import type { components as Community } from '../api/schema/community';
import type { Member } from './perimeters';

export type Seller = components['schemas']['SellerOut'];
export type Profile = components['schemas']['ProfileVersionOut'];
export type Profiles = components['schemas']['IssuerProfilesOut'];
export type ProfileIn = components['schemas']['IssuerProfileIn'];
type MemberIn = Community['schemas']['MemberIn'];

/** Whoever has or had a plant in an operation, by name. */
export function sellersQuery(operation_id: string) {
  const path = { operation_id };
  return queryOptions({
    queryKey: ['sellers', operation_id],
    queryFn: () =>
      unwrap(api.GET('/billing/operations/{operation_id}/sellers', { params: { path } })),
    staleTime: 60_000,
  });
}

/** What the law wants to know of a seller, in versions; kept with the operation by which one came. */
export function profilesQuery(operation: string, member_id: string) {
  const path = { member_id };
  return queryOptions({
    queryKey: ['seller profiles', operation, member_id],
    queryFn: () => unwrap(api.GET('/billing/issuers/{member_id}/profile', { params: { path } })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function saveProfile(member_id: string, body: ProfileIn): Promise<Profiles> {
  const params = { path: { member_id } };
  return unwrap(api.PUT('/billing/issuers/{member_id}/profile', { params, body }));
}

/** The numbers by which the tax office knows a member; all else stays. Throws Problem. */
export function saveNumbers(
  { id, revision, ...member }: Member,
  numbers: Pick<MemberIn, 'siren' | 'vat_number'>,
) {
  const params = { path: { member_id: id } };
  const body = { ...member, ...numbers };
  return unwrap(api.PUT('/community/members/{member_id}', { params, body }));
}

/** The version of today; before the first one, the first that is to come. */
export function profileInForce({ versions, in_force }: Profiles): Profile | undefined {
  return versions.find(({ number }) => number === in_force) ?? versions[0];
}
