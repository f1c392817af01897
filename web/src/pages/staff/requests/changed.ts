import { useQueryClient } from '@tanstack/react-query';
import { type StaffRequest, staffRequestQuery } from '../../../queries/requestDesk';

/** Shows a request as an answer says that it is now, and asks for the lists that it is in anew. */
export function useRequestChanged(): (request: StaffRequest) => Promise<void> {
  const queries = useQueryClient();
  return async (request) => {
    queries.setQueryData(staffRequestQuery(request.id).queryKey, request);
    await Promise.all(
      ['list', 'figures'].map((part) =>
        queries.invalidateQueries({ queryKey: ['request desk', part] }),
      ),
    );
  };
}
