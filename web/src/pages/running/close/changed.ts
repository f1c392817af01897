import { useQueryClient } from '@tanstack/react-query';

/** Of all operations that one runs, in one list. */
const LISTS: readonly unknown[] = ['deadlines', 'same month'];

/** What was changed in an operation: all that was asked of it is asked anew, and lists of all. */
export function useChanged(operation: string): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey }) => LISTS.includes(queryKey[0]) || queryKey[1] === operation,
    });
}
