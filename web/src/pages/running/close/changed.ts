import { useQueryClient } from '@tanstack/react-query';

/** What was changed in an operation: all that was asked of it is asked anew, and what is due. */
export function useChanged(operation: string): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === 'deadlines' || queryKey[1] === operation,
    });
}
