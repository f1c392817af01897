import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapOrNull } from '../api/client';
import type { components as Allocation } from '../api/schema/allocation';
import type { components as Billing } from '../api/schema/billing';
import type { components as Community } from '../api/schema/community';
import { dayAt, monthAt } from '../words/dates';
import type { SetUpFacts } from '../words/setUpSteps';
import { operationMonthsQuery } from './operationMonths';

type OfCommunity = Community['schemas'];
type OfBilling = Billing['schemas'];
export type SetUp = Awaited<ReturnType<typeof loadSetUp>>;
export type OperationPoint = OfCommunity['OperationPointOut'];
export type OrganiserAccount = OfCommunity['OrganiserAccountOut'];
export type MemberBody = OfCommunity['MemberIn'];
export type PointBody = OfCommunity['PointIn'];
export type LegalBasisBody = OfCommunity['BasisIn'];
export type Seller = OfBilling['SellerOut'];
export type SellerProfile = OfBilling['IssuerProfileIn'];
export type Accise = OfBilling['AcciseEntryIn'];
type Price = OfBilling['PriceIn'];
type Key = Allocation['schemas']['KeyOut'];

const SOON_MS = 1000;
const YEAR = 12;

/** All that the path to the first invoice asks of an operation. */
export function setUpQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['set-up', operation_id],
    queryFn: ({ client }) => loadSetUp(client, operation_id),
    staleTime: 10_000,
    // Services hear of it a moment later.
    refetchInterval: ({ state: { data } }) => (data && isCatchingUp(data) ? SOON_MS : false),
  });
}

async function loadSetUp(client: QueryClient, operation_id: string) {
  const params = { path: { operation_id } };
  const [operation, organisers, basis, points, keys, prices, sellers, taxes, months] =
    await Promise.all([
      unwrap(api.GET('/community/operations/{operation_id}', { params })),
      unwrap(api.GET('/community/operations/{operation_id}/organisers', { params })),
      unwrapOrNull(api.GET('/community/operations/{operation_id}/legal-basis', { params })),
      unwrap(api.GET('/community/operations/{operation_id}/points', { params })),
      unwrapOrNull(api.GET('/allocation/operations/{operation_id}/keys', { params })),
      unwrap(api.GET('/billing/operations/{operation_id}/prices', { params })),
      unwrap(api.GET('/billing/operations/{operation_id}/sellers', { params })),
      unwrap(api.GET('/billing/operations/{operation_id}/accise-regime', { params })),
      client.fetchQuery({
        ...operationMonthsQuery(operation_id, monthAt(new Date()), YEAR),
        staleTime: 0,
      }),
    ]);
  return {
    operation,
    organisers,
    basis,
    points,
    keys: keys ?? [],
    prices,
    sellers,
    taxes,
    months,
    // A new operation takes a moment to get through.
    isNew: keys === null,
  };
}

/** What of it the steps of the path ask for. */
export function factsOf(setUp: SetUp, today = dayAt(new Date())): SetUpFacts {
  const { organisers, basis, keys, prices, sellers, taxes, months } = setUp;
  const standing = standingPoints(setUp.points, today);
  const plants = standing.filter(({ direction }) => direction === 'production');
  const ready = new Set(sellers.filter((seller) => seller.has_profile).map((one) => one.member_id));
  return {
    organisers: organisers.filter(({ is_staff }) => !is_staff).length,
    hasLegalBasis: basis !== null,
    plants: plants.length,
    consumers: standing.length - plants.length,
    hasKeyInForce: keys.some(({ state }) => state === 'active'),
    hasPrices: prices.entries.length > 0,
    sellersWithoutProfile: plants.filter(({ member_id }) => !ready.has(member_id)).length,
    hasTaxes: taxes.entries.some(({ regime }) => regime !== 'undecided'),
    hasReadings: months.some(({ data }) => data.received > 0),
    hasInvoices: months.some(({ bills }) => bills.issued > 0),
  };
}

/** Those that take part or will. */
export function standingPoints(points: readonly OperationPoint[], day: string): OperationPoint[] {
  return points.filter(({ valid_to }) => valid_to === null || valid_to > day);
}

function isCatchingUp({ points, sellers, isNew }: SetUp): boolean {
  const heard = new Set(sellers.map(({ member_id }) => member_id));
  const isHeardOf = points.every(
    ({ direction, member_id }) => direction === 'consumption' || heard.has(member_id),
  );
  return isNew || !isHeardOf;
}

export interface NewParticipant {
  /** null: a member that takes part already. */
  member: MemberBody | null;
  memberId: string;
  prm: string;
  point: PointBody;
  direction: OperationPoint['direction'];
  validFrom: string;
}

/** A member, their point, and that it takes part; what is recorded already stays. Throws Problem. */
export async function addParticipant(operation_id: string, participant: NewParticipant) {
  const { member, memberId: member_id, prm, point, direction, validFrom } = participant;
  if (member) {
    const path = { member_id };
    await unwrap(api.PUT('/community/members/{member_id}', { params: { path }, body: member }));
  }
  await unwrap(api.PUT('/community/points/{prm}', { params: { path: { prm } }, body: point }));
  await unwrap(
    api.PUT('/community/operations/{operation_id}/participations/{prm}/{valid_from}', {
      params: { path: { operation_id, prm, valid_from: validFrom } },
      body: { direction, member_id, valid_to: null },
    }),
  );
}

/** Throws Problem. */
export function saveLegalBasis(operation_id: string, body: LegalBasisBody) {
  const params = { path: { operation_id } };
  return unwrap(api.PUT('/community/operations/{operation_id}/legal-basis', { params, body }));
}

const KEY = '/allocation/operations/{operation_id}/keys/{key_id}';

/** A key that was begun, and how far it came; one that is not there yet is about to be drafted. */
export type BegunKey = Pick<Key, 'id' | 'valid_from'> & { state: Key['state'] | null };

/**
 * To each the same part of what they consume, from a day on: drafted, approved, declared, in force,
 * as far as that has not been done. Throws Problem.
 */
export async function putDefaultKeyInForce(
  operation_id: string,
  { id: key_id, state, valid_from }: BegunKey,
  declared_on: string,
) {
  const params = { path: { operation_id, key_id } };
  if (state === null) {
    const definition = { type: 'default_dynamic' };
    const body = { valid_from, valid_to: null, definition, title: null, poll_id: null };
    await unwrap(api.PUT(KEY, { params, body }));
  }
  if (state === null || state === 'draft') await unwrap(api.POST(`${KEY}/approval`, { params }));
  if (state !== 'declared') {
    await unwrap(api.POST(`${KEY}/declaration`, { params, body: { declared_on } }));
  }
  await unwrap(api.POST(`${KEY}/activation`, { params }));
}

/** A list of one price: of all producers, for everybody, at each hour. Throws Problem. */
export function saveOnePrice(
  operation_id: string,
  price: Pick<Price, 'price_eur_per_kwh' | 'vat_rate' | 'vat_mention' | 'valid_from'>,
) {
  const forAll = { producer: null, consumer: null, group: null, hour_class: null, index: null };
  const rest = { groups: [], hour_classes: [], indexes: [], fees: [], discounts: [] };
  const body = {
    entries: [{ ...forAll, ...price, valid_to: null }],
    ...rest,
    unknown_hours: 'refuse' as const,
  };
  const params = { path: { operation_id } };
  return unwrap(api.PUT('/billing/operations/{operation_id}/prices', { params, body }));
}

/** Throws Problem. */
export function saveSellerProfile(member_id: string, body: SellerProfile) {
  const params = { path: { member_id } };
  return unwrap(api.PUT('/billing/issuers/{member_id}/profile', { params, body }));
}

/** Throws Problem. */
export function saveAccise(operation_id: string, body: Accise) {
  const params = { path: { operation_id } };
  return unwrap(api.PUT('/billing/operations/{operation_id}/accise-regime', { params, body }));
}
