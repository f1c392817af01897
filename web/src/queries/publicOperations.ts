import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import type { Place } from '../words/places';
import { allPages } from './allPages';

export type PublicOperation = components['schemas']['PublicOperationOut'];
export type Plants = components['schemas']['PlantsOut'];
export type Eligibility = components['schemas']['EligibilityOut'];
export type Candidate = components['schemas']['CandidateOut'];
export type Candidates = components['schemas']['CandidatesOut'];

/** More than that, and the platform asks for one page after another. */
const MOST = 100;

/** All operations that anybody may see, in order of name. */
export const publicOperationsQuery = queryOptions({
  queryKey: ['public operations'],
  queryFn: async () => {
    const operations = await allPages(
      MOST,
      (query) => unwrap(api.GET('/community/public/operations', { params: { query } })),
      ({ id }) => id,
    );
    return operations.sort((one, other) => one.name.localeCompare(other.name, 'fr'));
  },
  staleTime: 60_000,
});

export function publicOperationQuery(operationId: string) {
  const path = { operation_id: operationId };
  return queryOptions({
    queryKey: ['public operation', operationId],
    queryFn: () =>
      unwrap(api.GET('/community/public/operations/{operation_id}', { params: { path } })),
    staleTime: 60_000,
  });
}

/** Where an address may be, by the address service. The platform keeps nothing of it. */
export function findPlaces(address: string): Promise<Candidates> {
  return unwrap(api.POST('/community/public/places', { body: { address } }));
}

/** Whether a place is near enough to an operation. The platform keeps nothing of it. */
export function judgePlace(operationId: string, place: Place): Promise<Eligibility> {
  const path = { operation_id: operationId };
  return unwrap(
    api.POST('/community/public/operations/{operation_id}/eligibility', {
      params: { path },
      body: { place },
    }),
  );
}
