import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { slugOf } from '../api/problem';
import type { components } from '../api/schema/billing';
import type { Me } from './me';

/** How a seller is paid; members see IBANs masked. */
export type Creditor = components['schemas']['CreditorOut'];
/** What a seller is to be paid on, and is not yet. */
export type Waiting = Creditor & { change: NonNullable<Creditor['change']> };

export type CreditorIn = components['schemas']['CreditorIn'];

interface AccountChange {
  waiting: Waiting;
  /** null: there was none. */
  former: Creditor | null;
}

/** The other account that waits; null: none does. */
export function accountChangeQuery(issuer_id: string) {
  const params = { path: { issuer_id } };
  return queryOptions({
    queryKey: ['account change', issuer_id],
    queryFn: async (): Promise<AccountChange | null> => {
      const change = api.GET('/billing/issuers/{issuer_id}/creditor-change', { params });
      const waiting = await unlessUnknown('creditor-change-unknown', unwrap(change));
      if (!waiting?.change) return null;
      const inUse = api.GET('/billing/issuers/{issuer_id}/creditor', { params });
      const former = await unlessUnknown('creditor-missing', unwrap(inUse));
      return { waiting: { ...waiting, change: waiting.change }, former };
    },
  });
}

/** Where a seller is paid; null: it is not recorded. */
export function creditorQuery(issuer_id: string) {
  const params = { path: { issuer_id } };
  return queryOptions({
    queryKey: ['creditor', issuer_id],
    queryFn: (): Promise<Creditor | null> =>
      unlessUnknown(
        'creditor-missing',
        unwrap(api.GET('/billing/issuers/{issuer_id}/creditor', { params })),
      ),
  });
}

/** The answer has `change` where the account waits. Throws Problem. */
export function saveCreditor(issuer_id: string, body: CreditorIn): Promise<Creditor> {
  const params = { path: { issuer_id } };
  return unwrap(api.PUT('/billing/issuers/{issuer_id}/creditor', { params, body }));
}

/** Whether the reader is the seller and has no other role, by which they may have asked for it. */
export function isSellerAlone(me: Me | null | undefined, waiting: Waiting): boolean {
  return me?.member_id === waiting.member_id && me.roles.every((role) => role === 'member');
}

/** It is in use from now on. Throws Problem. */
export function confirmChange(waiting: Waiting) {
  const path = { issuer_id: waiting.member_id, change_id: waiting.change.id };
  return unwrap(
    api.POST('/billing/issuers/{issuer_id}/creditor-change/{change_id}/confirmation', {
      params: { path },
    }),
  );
}

/** What is in use stays so. Throws Problem. */
export async function refuseChange(waiting: Waiting): Promise<void> {
  const path = { issuer_id: waiting.member_id, change_id: waiting.change.id };
  await unwrap(
    api.DELETE('/billing/issuers/{issuer_id}/creditor-change/{change_id}', { params: { path } }),
  );
}

/** null: it is refused as unknown. Throws Problem. */
async function unlessUnknown<Data>(slug: string, answer: Promise<Data>): Promise<Data | null> {
  try {
    return await answer;
  } catch (error) {
    if (slugOf(error as Error) === slug) return null;
    throw error;
  }
}
