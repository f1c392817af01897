import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapOrNull } from '../api/client';
import type { components as Allocation } from '../api/schema/allocation';
import type { components as Community } from '../api/schema/community';
import { acciseOn } from '../words/accise';
import { dayAt, monthAt } from '../words/dates';
import { isBilled } from '../words/monthSteps';
import { type Missing, missingOf } from '../words/sellers';
import type { SetUpFacts } from '../words/setUpSteps';
import { type AcciseEntry, acciseQuery } from './accise';
import { operationMonthsQuery } from './operationMonths';
import { type Member, membersQuery, perimeterQuery } from './perimeters';
import {
  type MemberBody,
  type OperationPoint,
  operationPointsQuery,
  type PointBody,
  saveMember,
  savePoint,
} from './points';
import { priceListQuery } from './priceLists';
import { type Profile, profileInForce, profilesQuery, type Seller, sellersQuery } from './sellers';

type OfCommunity = Community['schemas'];
export type SetUp = Awaited<ReturnType<typeof loadSetUp>>;
export type OrganiserAccount = OfCommunity['OrganiserAccountOut'];
export type LegalBasisBody = OfCommunity['BasisIn'];
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
  const now = { staleTime: 0 };
  const [operation, organisers, basis, points, keys, prices, sellers, accise, months] =
    await Promise.all([
      client.fetchQuery({ ...perimeterQuery(operation_id), ...now }),
      unwrap(api.GET('/community/operations/{operation_id}/organisers', { params })),
      unwrapOrNull(api.GET('/community/operations/{operation_id}/legal-basis', { params })),
      client.fetchQuery({ ...operationPointsQuery(operation_id), ...now }),
      unwrapOrNull(api.GET('/allocation/operations/{operation_id}/keys', { params })),
      client.fetchQuery({ ...priceListQuery(operation_id), ...now }),
      loadSellers(client, operation_id),
      client.fetchQuery({ ...acciseQuery(operation_id), ...now }),
      client.fetchQuery({
        ...operationMonthsQuery(operation_id, monthAt(new Date()), YEAR),
        ...now,
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
    accise,
    months,
    // A new operation takes a moment to get through.
    isNew: keys === null,
  };
}

/** Who sells, as a member, and what each lacks to invoice. */
export interface SetUpSeller extends Seller {
  /** undefined: it is none of the operation any more. */
  member: Member | undefined;
  /** In force; undefined: there is none yet. */
  profile: Profile | undefined;
  missing: Missing[];
}

async function loadSellers(client: QueryClient, operation_id: string): Promise<SetUpSeller[]> {
  const sellers = await client.fetchQuery({ ...sellersQuery(operation_id), staleTime: 0 });
  // After it: whom billing has heard of, is a member.
  const members = await client.fetchQuery({ ...membersQuery(operation_id), staleTime: 0 });
  return Promise.all(
    sellers.map(async (seller) => {
      const { member_id, has_profile } = seller;
      const member = members.find(({ id }) => id === member_id);
      const profiles = profilesQuery(operation_id, member_id);
      // One from a day to come does not count yet.
      const profile = has_profile
        ? profileInForce(await client.fetchQuery({ ...profiles, staleTime: 0 }))
        : undefined;
      if (member) return { ...seller, member, profile, missing: missingOf(member, profile) };
      return { ...seller, member, profile, missing: profile ? [] : ['profile'] };
    }),
  );
}

/** What of it the steps of the path ask for. */
export function factsOf(setUp: SetUp, today = dayAt(new Date())): SetUpFacts {
  const { organisers, basis, keys, prices, sellers, months } = setUp;
  const standing = standingPoints(setUp.points, today);
  const plants = standing.filter(({ direction }) => direction === 'production');
  const ready = new Set(sellers.filter(isReady).map(({ member_id }) => member_id));
  const { regime } = acciseOf(setUp, today) ?? {};
  // Who gives its energy needs neither prices nor sellers nor taxes.
  const isGift = months.at(-1)?.bills.is_gift ?? false;
  return {
    organisers: organisers.filter(({ is_staff }) => !is_staff).length,
    hasLegalBasis: basis !== null,
    plants: plants.length,
    consumers: standing.length - plants.length,
    hasKeyInForce: keys.some(({ state }) => state === 'active'),
    hasPrices: isGift || prices.entries.length > 0,
    unreadySellers: isGift ? 0 : plants.filter(({ member_id }) => !ready.has(member_id)).length,
    hasTaxes: isGift || (regime !== undefined && regime !== 'undecided'),
    hasReadings: months.some(({ data }) => data.received > 0),
    hasInvoices: months.some(isBilled),
  };
}

/** Whether nothing of a seller is in the way of invoicing. */
export function isReady({ missing }: Pick<SetUpSeller, 'missing'>): boolean {
  return missing.length === 0;
}

/** Today, or the first day of an operation that is to begin. */
export function dayOfSetUp({ valid_from }: SetUp['operation'], today: string): string {
  return valid_from > today ? valid_from : today;
}

/** What was decided on the accise for today; for the first day, of an operation that is to begin. */
export function acciseOf({ operation, accise }: SetUp, today: string): AcciseEntry | undefined {
  return acciseOn(accise.entries, dayOfSetUp(operation, today));
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
  if (member) await saveMember(member_id, member);
  await savePoint(prm, point);
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
