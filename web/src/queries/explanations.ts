import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/allocation';

export type ConsumerDay = components['schemas']['ConsumerDayOut'];
export type ProducerDay = components['schemas']['ProducerDayOut'];
export type ProducerStep = components['schemas']['ProducerStepOut'];
export type ConsumerStep = components['schemas']['ConsumerStepOut'];
export type Basis = components['schemas']['CoefficientBasis'];
export type Rule = components['schemas']['Rule'];
export type Reading = components['schemas']['Reading'];

/** Why a point got what it did on a local day, step by step. */
export function explanationQuery(operationId: string, prm: string, day: string) {
  return queryOptions({
    queryKey: ['explanation', operationId, prm, day],
    queryFn: () =>
      unwrap(
        api.GET('/allocation/operations/{operation_id}/explanations', {
          params: { path: { operation_id: operationId }, query: { day, prm } },
        }),
      ),
    staleTime: 60_000,
  });
}
