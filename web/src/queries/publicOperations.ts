import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';
import type { Place } from '../words/places';

export type PublicOperation = components['schemas']['PublicOperationOut'];
export type Eligibility = components['schemas']['EligibilityOut'];

const PAGE = 100;

/** All operations that anybody may see, in order of name. */
export const publicOperationsQuery = queryOptions({
  queryKey: ['public operations'],
  queryFn: async () => {
    const operations: PublicOperation[] = [];
    let after: string | undefined;
    do {
      const query = { limit: PAGE, ...(after ? { after } : {}) };
      const page = await unwrap(api.GET('/community/public/operations', { params: { query } }));
      operations.push(...page);
      after = page.length === PAGE ? page.at(-1)?.id : undefined;
    } while (after);
    return operations.sort((one, other) => one.name.localeCompare(other.name, 'fr'));
  },
  staleTime: 60_000,
});

export function publicOperationQuery(operationId: string) {
  const path = { operation_id: operationId };
  return queryOptions({
    queryKey: ['public operation', operationId],
    queryFn: () =>
      unwrap(api.GET('/community/public/operations/{operation_id}', { params: { path } })),
    staleTime: 60_000,
  });
}

/** Whether a place is near enough to an operation. The platform keeps nothing of it. */
export function judgePlace(operationId: string, place: Place): Promise<Eligibility> {
  const path = { operation_id: operationId };
  return unwrap(
    api.POST('/community/public/operations/{operation_id}/eligibility', {
      params: { path },
      body: { place },
    }),
  );
}

/** Those of which all words that are looked for are in their name, commune or organiser. */
export function matching(operations: PublicOperation[], looked: string): PublicOperation[] {
  const words = plain(looked).split(/\s+/);
  return operations.filter((operation) => {
    const { name, organiser_name, commune_names } = operation;
    const text = plain([name, organiser_name, ...commune_names].join(' '));
    return words.every((word) => text.includes(word));
  });
}

/** Without accents or capitals: nobody types those of a village. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** Who runs operations that are shown, each once. */
export function organisersOf(operations: PublicOperation[]): PublicOperation[] {
  const organisers = new Map<string, PublicOperation>();
  for (const operation of operations) {
    const key = `${operation.organiser_name}\n${operation.organiser_address}`;
    const known = organisers.get(key);
    if (!known?.contact_email) organisers.set(key, operation);
  }
  return [...organisers.values()];
}
