import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type SurplusContract = components['schemas']['SurplusContractOut'];
export type SurplusContractIn = components['schemas']['SurplusContractIn'];
export type SurplusKind = components['schemas']['SurplusKind'];
/** What a plant sold in a month, in documents of one state. */
export type Sales = components['schemas']['StatementOut'];
export type ExpectedRevenue = components['schemas']['ExpectedRevenueOut'];

/** Who takes what a plant's operation does not use, in the order of their days. */
export function surplusContractsQuery(prm: string) {
  const path = { prm };
  return queryOptions({
    queryKey: ['surplus contracts', prm],
    queryFn: async () => {
      const plant = await unwrap(
        api.GET('/billing/points/{prm}/surplus-contract', { params: { path } }),
      );
      return plant.contracts;
    },
    staleTime: 60_000,
  });
}

/** All contracts of the plant are these. Throws Problem. */
export function saveSurplusContracts(prm: string, contracts: SurplusContractIn[]) {
  const params = { path: { prm } };
  return unwrap(api.PUT('/billing/points/{prm}/surplus-contract', { params, body: { contracts } }));
}

/** What each producer sold in a month, and what its surplus should bring. */
export function salesQuery(operation_id: string, month: string) {
  const path = { operation_id, month };
  return queryOptions({
    queryKey: ['sales', operation_id, month],
    queryFn: () =>
      unwrap(
        api.GET('/billing/operations/{operation_id}/months/{month}/statements', {
          params: { path },
        }),
      ),
    staleTime: 60_000,
  });
}
