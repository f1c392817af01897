import { useQueryClient } from '@tanstack/react-query';
import { operationChanged } from '../../../queries/operationChanged';

/** What was changed in an operation: all that was asked of it is asked anew, and lists of all. */
export function useChanged(operation: string): () => Promise<void> {
  const queries = useQueryClient();
  return () => operationChanged(queries, operation);
}
