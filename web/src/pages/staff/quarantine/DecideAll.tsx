import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { quarantineWords } from '../../../messages/staff/quarantine';
import { SendForm } from '../../../parts/SendForm';
import {
  codeCountsQuery,
  type Decided,
  type Decision,
  decidedInQuarantine,
  decideOnAll,
} from '../../../queries/quarantine';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { DecisionFields } from './DecisionFields';

interface DecideAllProps {
  delivery: string;
  code: string;
  onDone: (decided: Decided) => void;
}

/** Release or discard all that a file has of a code, those below the list too. */
export function DecideAll({ delivery, code, onDone }: DecideAllProps) {
  const words = useWords(quarantineWords);
  const queries = useQueryClient();
  const [decision, decide] = useState<Decision>('release');
  const { data: counts = [] } = useQuery(codeCountsQuery(delivery));
  const count = counts.find((one) => one.code === code)?.open ?? 0;
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      decideOnAll(delivery, decision, { code, because: textIn(form, 'because') ?? '' }),
    onSuccess: async (decided) => {
      onDone(decided);
      await decidedInQuarantine(queries);
    },
  });
  const effect = decision === 'release' ? words.releaseAll(count) : words.discardMany(count);
  return (
    <SendForm attempt={attempt} submit={words.go[decision]} isWide onSend={attempt.mutate}>
      <DecisionFields decision={decision} onDecision={decide} effect={effect} />
    </SendForm>
  );
}
