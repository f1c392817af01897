import { useQueryClient } from '@tanstack/react-query';
import { useChanged } from '../../close/changed';

/** What a document that is drafted, issued or withdrawn changes beside lists of its operation. */
const CHANGED: readonly unknown[] = ['invoice', 'invoice links', 'invoices', 'payments'];

export function useDocumentChanged(operation: string): () => Promise<void> {
  const queries = useQueryClient();
  const ofOperation = useChanged(operation);
  return async () => {
    await Promise.all([
      ofOperation(),
      queries.invalidateQueries({ predicate: ({ queryKey }) => CHANGED.includes(queryKey[0]) }),
    ]);
  };
}
