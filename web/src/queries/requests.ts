import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type RequestBody = components['schemas']['RequestIn'];
export type RequestState = components['schemas']['RequestStateOut'];
type Stage = components['schemas']['Stage'];

/** What an operation goes through before it begins, in order. */
export const STAGES: readonly Stage[] = ['received', 'qualified', 'study', 'agreed', 'operation'];

/** What points may be, in the order in which a request counts them. */
export const POINT_KINDS = ['household', 'shop', 'office', 'school'] as const;

/** Where somebody's request is, for whoever has its secret. */
export function requestStateQuery(requestId: string, secret: string) {
  const params = { path: { request_id: requestId }, header: { 'request-secret': secret } };
  return queryOptions({
    queryKey: ['request', requestId, secret],
    queryFn: () => unwrap(api.GET('/community/requests/{request_id}/state', { params })),
  });
}

export function sendRequest(body: RequestBody) {
  return unwrap(api.POST('/community/requests', { body }));
}
