import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem, slugOf } from '../api/problem';
import type { Creditor } from './creditors';

/** Who sells in an operation, and what the reader may do with their money. */
export interface Seller {
  id: string;
  name: string;
  keepsBooks: boolean;
  /** How they are paid; null: nobody has recorded it; undefined: it is not for the reader. */
  creditor: Creditor | null | undefined;
}

/** To whose account money comes: of a seller, or of who collects for some. */
export interface Collector {
  id: string;
  name: string;
  creditor: Creditor;
  /** For whom it collects, but for itself. */
  others: Seller[];
}

export interface Payees {
  sellers: Seller[];
  collectors: Collector[];
  /** Sellers, and those who collect for them without selling here; the reader keeps their books. */
  bookOwners: BookOwner[];
}

/** Of one whose books the reader keeps. */
export interface BookOwner extends Pick<Seller, 'id' | 'name'> {
  /** Whether it sells in the operation. */
  sells: boolean;
  /** Whether it collects for others. */
  collects: boolean;
}

/** Who is paid in an operation. */
export function payeesQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['payments', 'payees', operation_id],
    queryFn: async (): Promise<Payees> => {
      const path = { operation_id };
      const listed = await unwrap(
        api.GET('/billing/operations/{operation_id}/sellers', { params: { path } }),
      );
      const sellers = await Promise.all(
        listed.map(async ({ member_id: id, name }) => {
          const [keepsBooks, creditor] = await Promise.all([mayKeepBooks(id), accountOf(id)]);
          return { id, name, keepsBooks, creditor };
        }),
      );
      const collectors = await collectorsOf(sellers);
      return { sellers, collectors, bookOwners: await bookOwnersOf(sellers, collectors) };
    },
    staleTime: 60_000,
  });
}

async function collectorsOf(sellers: readonly Seller[]): Promise<Collector[]> {
  const ids = sellers.flatMap(({ creditor }) => (creditor ? [collectorOf(creditor)] : []));
  const collectors = [...new Set(ids)].map(async (id) => {
    const own = sellers.find((seller) => seller.id === id);
    const creditor = own ? own.creditor : await accountOf(id);
    if (!creditor) return [];
    const others = sellers.filter(
      (seller) => seller.id !== id && seller.creditor && collectorOf(seller.creditor) === id,
    );
    return [{ id, name: own?.name ?? creditor.name, creditor, others }];
  });
  return (await Promise.all(collectors)).flat();
}

async function bookOwnersOf(
  sellers: readonly Seller[],
  collectors: readonly Collector[],
): Promise<BookOwner[]> {
  const collecting = collectors.filter(({ others }) => others.length > 0);
  const strangers = collecting.filter(({ id }) => sellers.every((seller) => seller.id !== id));
  const keeps = await Promise.all(strangers.map(({ id }) => mayKeepBooks(id)));
  return [
    ...sellers.filter(({ keepsBooks }) => keepsBooks),
    ...strangers.filter((_, place) => keeps[place]),
  ].map(({ id, name }) => ({
    id,
    name,
    sells: sellers.some((seller) => seller.id === id),
    collects: collecting.some((collector) => collector.id === id),
  }));
}

function collectorOf({ member_id, collected_by }: Creditor): string {
  return collected_by ?? member_id;
}

async function mayKeepBooks(issuer_id: string): Promise<boolean> {
  const path = { issuer_id };
  const books = api.GET('/billing/issuers/{issuer_id}/books', { params: { path } });
  return (await unlessRefused(unwrap(books))) !== undefined;
}

/** null: none is recorded; undefined: it is not for the reader. Throws Problem. */
export async function accountOf(issuer_id: string): Promise<Creditor | null | undefined> {
  const path = { issuer_id };
  try {
    return await unlessRefused(
      unwrap(api.GET('/billing/issuers/{issuer_id}/creditor', { params: { path } })),
    );
  } catch (error) {
    if (slugOf(error as Error) === 'creditor-missing') return null;
    throw error;
  }
}

/** undefined: it is not for the reader. Throws Problem. */
export async function unlessRefused<Data>(answer: Promise<Data>): Promise<Data | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && error.status === 403) return undefined;
    throw error;
  }
}
