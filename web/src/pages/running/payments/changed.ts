import { useQueryClient } from '@tanstack/react-query';

/** What money that comes or goes changes, beside the pages about payments. */
const CHANGED: readonly unknown[] = ['payments', 'invoice', 'alerts'];

/** What was asked about payments is asked anew. */
export function usePaymentsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => CHANGED.includes(queryKey[0]) });
}
