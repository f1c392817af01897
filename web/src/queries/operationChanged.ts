import type { QueryClient } from '@tanstack/react-query';

/** Beside what is asked of one operation: of all that one runs, and what is told by seller. */
const WIDER: readonly unknown[] = ['deadlines', 'same month', 'months after', 'payments'];

/** What was asked of an operation is asked anew, and all in which it may have a part. */
export function operationChanged(queries: QueryClient, operation: string): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey }) => WIDER.includes(queryKey[0]) || queryKey[1] === operation,
  });
}
