import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/billing';

export type PriceList = components['schemas']['PriceListOut'];
export type PriceListIn = components['schemas']['PriceListIn'];
export type PriceEntry = components['schemas']['PriceOut'];
export type HourClass = components['schemas']['HourClassOut'];
export type FeeEntry = components['schemas']['FeeOut'];
export type DiscountEntry = components['schemas']['DiscountOut'];
export type Index = components['schemas']['IndexOut'];
export type Group = components['schemas']['GroupOut'];
export type PricePreview = components['schemas']['PricePreviewOut'];
export type PreviewedMember = components['schemas']['PreviewedMemberOut'];

/** All prices of an operation, of all days; empty where none was set. */
export function priceListQuery(operation_id: string) {
  const path = { operation_id };
  return queryOptions({
    queryKey: ['price list', operation_id],
    queryFn: () =>
      unwrap(api.GET('/billing/operations/{operation_id}/prices', { params: { path } })),
    staleTime: 60_000,
  });
}

/** The whole list is another one. Throws Problem. */
export function savePrices(operation_id: string, body: PriceListIn): Promise<PriceList> {
  const params = { path: { operation_id } };
  return unwrap(api.PUT('/billing/operations/{operation_id}/prices', { params, body }));
}

/** A list that is not set, as if its prices of a day had held in a month that is closed. */
export interface Proposal {
  month: string;
  day: string;
  prices: PriceListIn;
}

/** What each member would pay by it, beside what the month's own prices make. */
export function pricePreviewQuery(operation_id: string, { month, day, prices }: Proposal) {
  const params = { path: { operation_id, month } };
  return queryOptions({
    queryKey: ['price preview', operation_id, month, day, prices],
    queryFn: () =>
      unwrap(
        api.POST('/billing/operations/{operation_id}/months/{month}/price-previews', {
          params,
          body: { day, prices },
        }),
      ),
    staleTime: 60_000,
  });
}
