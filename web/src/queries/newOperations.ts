import { api, unwrap, unwrapOrNull } from '../api/client';
import { Problem } from '../api/problem';
import type { components } from '../api/schema/community';

type Schemas = components['schemas'];

export interface NewOperation {
  id: string;
  /** null: the organiser is one that is known. */
  organiser: Schemas['OrganiserIn'] | null;
  organiserId: string;
  body: Omit<Schemas['OperationIn'], 'organiser_id'>;
}

/**
 * An operation and, if it is a new one, its organiser. An operation that is there already is not
 * replaced. Throws Problem.
 */
export async function openOperation({ id, organiser, organiserId, body }: NewOperation) {
  const params = { path: { operation_id: id } };
  if (await unwrapOrNull(api.GET('/community/operations/{operation_id}', { params }))) {
    throw new Problem({ type: '/problems/operation-taken' }, new Response(null, { status: 409 }));
  }
  if (organiser) {
    const path = { organiser_id: organiserId };
    await unwrap(
      api.PUT('/community/organisers/{organiser_id}', { params: { path }, body: organiser }),
    );
  }
  return unwrap(
    api.PUT('/community/operations/{operation_id}', {
      params,
      body: { ...body, organiser_id: organiserId },
    }),
  );
}
