import { useMutation, useQueryClient } from '@tanstack/react-query';
import { mandateWords } from '../../messages/mandate';
import { SendForm } from '../../parts/SendForm';
import { type Mandate, mandatesQuery, revokeMandate } from '../../queries/mandates';
import { useWords } from '../../words/language';

interface MandateEndProps {
  mandate: Mandate;
  /** Who collects under it, as far as one knows. */
  name: string | null;
  onEnd: () => void;
}

/** What it means to be debited no more, and the button for who wants that. */
export function MandateEnd({ mandate, name, onEnd }: MandateEndProps) {
  const words = useWords(mandateWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => revokeMandate(mandate),
    onSuccess: () => {
      onEnd();
      return queries.invalidateQueries(mandatesQuery);
    },
  });
  return (
    <details>
      <summary>{name ? words.endOf(name) : words.end}</summary>
      <p>{words.endHelp}</p>
      <p>{words.endThen}</p>
      <SendForm attempt={attempt} submit={words.endNow} onSend={() => attempt.mutate()} />
    </details>
  );
}
