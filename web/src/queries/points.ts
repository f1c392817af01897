import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapOrNull } from '../api/client';
import type { components } from '../api/schema/community';

type Schemas = components['schemas'];
/** A point's stay in an operation. */
export type OperationPoint = Schemas['OperationPointOut'];
export type PointBody = Schemas['PointIn'];
export type Location = Schemas['LocationOut'];
export type LocationBody = Schemas['LocationIn'];
export type MemberBody = Schemas['MemberIn'];

/** All stays of points in an operation, past ones too, with what they are called and whose. */
export function operationPointsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['points', operation_id],
    queryFn: () =>
      unwrap(
        api.GET('/community/operations/{operation_id}/points', {
          params: { path: { operation_id } },
        }),
      ),
    staleTime: 60_000,
  });
}

/** Where a point is; null: nobody has said. */
export function locationQuery(operation_id: string, prm: string) {
  return queryOptions({
    queryKey: ['location', operation_id, prm],
    queryFn: () =>
      unwrapOrNull(api.GET('/community/points/{prm}/location', { params: { path: { prm } } })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function savePoint(prm: string, body: PointBody) {
  return unwrap(api.PUT('/community/points/{prm}', { params: { path: { prm } }, body }));
}

/** Throws Problem. */
export function saveLocation(prm: string, body: LocationBody) {
  return unwrap(api.PUT('/community/points/{prm}/location', { params: { path: { prm } }, body }));
}

/** Throws Problem. */
export function saveMember(member_id: string, body: MemberBody) {
  return unwrap(
    api.PUT('/community/members/{member_id}', { params: { path: { member_id } }, body }),
  );
}
