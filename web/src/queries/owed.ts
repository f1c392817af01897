import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { STILL_OWED } from '../words/payments';
import { allPages } from './allPages';

/** More than that, and the platform asks for one page after another. */
const MOST = 1000;

/** All invoices of an operation for which money is still to come. */
export function owedInQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['payments', 'owed', operation_id],
    queryFn: () =>
      allPages(
        MOST,
        (page) =>
          unwrap(
            api.GET('/billing/invoice-summaries', {
              params: { query: { operation_id, payment_state: [...STILL_OWED], ...page } },
            }),
          ),
        ({ id }) => id,
      ),
    staleTime: 30_000,
  });
}

/** All documents of an operation, by which what is told of one elsewhere gets its name. */
export function documentsInQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['payments', 'documents', operation_id],
    queryFn: () =>
      allPages(
        MOST,
        (page) =>
          unwrap(
            api.GET('/billing/invoice-summaries', { params: { query: { operation_id, ...page } } }),
          ),
        ({ id }) => id,
      ),
    staleTime: 60_000,
  });
}
