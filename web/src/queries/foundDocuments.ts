import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { DocumentSearch } from '../words/documentSearch';
import { STILL_OWED } from '../words/payments';

const DOCUMENTS = 50;

/** The documents of an operation that are looked for, the newest first, page by page. */
export function foundDocumentsQuery(operation_id: string, search: DocumentSearch) {
  return infiniteQueryOptions({
    queryKey: ['payments', 'found', operation_id, search],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/billing/invoice-summaries', {
          params: {
            query: {
              operation_id,
              ...conditionsOf(search),
              ...(pageParam && { after: pageParam }),
              limit: DOCUMENTS,
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < DOCUMENTS ? undefined : page.at(-1)?.id),
    select: ({ pages }) => pages.flat(),
    staleTime: 30_000,
  });
}

function conditionsOf({
  number,
  customer,
  seller,
  month,
  kind,
  payment,
  least,
  most,
}: DocumentSearch) {
  return {
    ...(number && { number_or_reference: number }),
    ...(customer && { customer_id: customer }),
    ...(seller && { issuer_id: seller }),
    ...(month && { month }),
    ...(kind && OF_KIND[kind]),
    ...(payment && { payment_state: payment === 'owed' ? [...STILL_OWED] : [payment] }),
    ...(least !== undefined && { least_cents: least }),
    ...(most !== undefined && { most_cents: most }),
  };
}

const OF_KIND = {
  invoice: { kind: 'invoice', state: 'issued' },
  corrective: { is_corrective: true, state: 'issued' },
  credit_note: { kind: 'credit_note', state: 'issued' },
  draft: { state: 'draft' },
} as const;
