import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem } from '../api/problem';
import type { components } from '../api/schema/billing';

export type BothBills = components['schemas']['BothBillsOut'];
export type SupplierOfferIn = components['schemas']['SupplierOfferIn'];
export type SupplierOffer = components['schemas']['SupplierOfferOut'];
export type ReferenceOffer = components['schemas']['ReferenceOfferOut'];
export type LocalWorth = components['schemas']['LocalWorthOut'];
export type MwhWorth = components['schemas']['MwhWorthOut'];
type Offers = components['schemas']['SupplierOffersOut'];

/** The local bill and the supplier's of a month, against the one without the operation. */
export function bothBillsQuery(prm: string, month: string) {
  return queryOptions({
    queryKey: ['bills', prm, month],
    queryFn: () =>
      unwrap(
        api.GET('/billing/points/{prm}/months/{month}/bills', { params: { path: { prm, month } } }),
      ),
    staleTime: 60_000,
  });
}

/** What a kWh more from the operation saves a point, at the prices of today. */
export function localWorthQuery(prm: string) {
  return queryOptions({
    queryKey: ['bills', prm, 'worth'],
    queryFn: () =>
      unwrap(api.GET('/billing/points/{prm}/local-worth', { params: { path: { prm } } })),
    staleTime: 60_000,
  });
}

/** Why bills or prices cannot be told, by code; none, if they can, or something else went wrong. */
export function missingOf(error: Error | null): string[] {
  if (!(error instanceof Problem) || error.slug !== 'bills-unavailable') return [];
  const { missing } = error.facts;
  return Array.isArray(missing) ? [...new Set(missing.map(({ code }) => String(code)))] : [];
}

/** What a member has said that the supplier of a point bills, by first day. */
export function offersQuery(prm: string) {
  return queryOptions({
    queryKey: ['supplier offers', prm],
    queryFn: () =>
      unwrap(api.GET('/billing/points/{prm}/supplier-offer', { params: { path: { prm } } })),
    staleTime: 60_000,
  });
}

/** The offers of a point are other ones now, and with them all its bills. */
export async function offersSaved(
  queries: QueryClient,
  prm: string,
  offers: Offers,
): Promise<void> {
  queries.setQueryData(offersQuery(prm).queryKey, offers);
  await queries.invalidateQueries({ queryKey: ['bills', prm] });
}

/** Throws Problem. */
export function saveOffer(prm: string, body: SupplierOfferIn) {
  return unwrap(
    api.PUT('/billing/points/{prm}/supplier-offer', { params: { path: { prm } }, body }),
  );
}

/** That the supplier's offer is a published one. Throws Problem. */
export function chooseReference(prm: string, reference: string, from: string) {
  const params = { path: { prm } };
  const body = { reference, valid_from: from };
  return unwrap(api.PUT('/billing/points/{prm}/supplier-offer/reference', { params, body }));
}

/** Throws Problem. */
export function forgetOffers(prm: string) {
  return unwrap(api.DELETE('/billing/points/{prm}/supplier-offer', { params: { path: { prm } } }));
}
