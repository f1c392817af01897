import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

type Schemas = components['schemas'];
export type Convention = Schemas['ConventionOut'];
export type ConventionBody = Schemas['ConventionBody'];
export type Presentation = Schemas['PresentationOut'];
export type PresentationBody = Schemas['PresentationBody'];

const OPERATION = '/community/operations/{operation_id}';

/** What was agreed with the DSO; with the defaults of what nobody recorded. */
export function conventionQuery(operation_id: string) {
  const params = { path: { operation_id } };
  return queryOptions({
    queryKey: ['convention', operation_id],
    queryFn: () => unwrap(api.GET(`${OPERATION}/convention`, { params })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function saveConvention(operation_id: string, body: ConventionBody) {
  const params = { path: { operation_id } };
  return unwrap(api.PUT(`${OPERATION}/convention`, { params, body }));
}

/** What anybody may read of an operation. */
export function presentationQuery(operation_id: string) {
  const params = { path: { operation_id } };
  return queryOptions({
    queryKey: ['presentation', operation_id],
    queryFn: () => unwrap(api.GET(`${OPERATION}/presentation`, { params })),
    staleTime: 60_000,
  });
}

/** Throws Problem. */
export function savePresentation(operation_id: string, body: PresentationBody) {
  const params = { path: { operation_id } };
  return unwrap(api.PUT(`${OPERATION}/presentation`, { params, body }));
}

/** Somebody runs an operation no more. Throws Problem. */
export function removeOrganiser(operation_id: string, account_id: string) {
  const params = { path: { operation_id, account_id } };
  return unwrap(api.DELETE(`${OPERATION}/organisers/{account_id}`, { params }));
}
