import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { deleteGathering } from '../../../../queries/gatheringDesk';
import { type Gathering, gatheringQuery } from '../../../../queries/gatherings';
import { useWords } from '../../../../words/language';
import { Ticked } from '../Ticked';

/** A draft goes without a trace. */
export function Deleting({ operation, gathering }: { operation: string; gathering: Gathering }) {
  const words = useWords(planningWords);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const attempt = useMutation({
    mutationFn: () => deleteGathering(gathering.id),
    onSuccess: async () => {
      await navigate({ to: '/o/$operation/together', params: { operation }, replace: true });
      queries.removeQueries(gatheringQuery(gathering.id));
      await queries.invalidateQueries({ queryKey: ['gatherings'] });
    },
  });
  return (
    <details>
      <summary>{words.delete}</summary>
      <Ticked
        attempt={attempt}
        onSend={() => attempt.mutate()}
        tick={words.deleteTick}
        submit={words.deleteNow}
      >
        <p>{words.deleteHelp}</p>
      </Ticked>
    </details>
  );
}
