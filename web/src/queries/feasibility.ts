import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type Lack = components['schemas']['Lack'];
export type Breach = components['schemas']['BreachOut'];
export type Feasibility = components['schemas']['FeasibilityOut'];

/** Whether the points that take part today may share, and how far apart they are. */
export function feasibilityQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['feasibility', operation_id],
    queryFn: () =>
      unwrap(
        api.GET('/community/operations/{operation_id}/feasibility', {
          params: { path: { operation_id } },
        }),
      ),
    staleTime: 60_000,
  });
}
