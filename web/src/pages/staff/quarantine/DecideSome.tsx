import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { quarantineWords } from '../../../messages/staff/quarantine';
import { SendForm } from '../../../parts/SendForm';
import {
  type Decided,
  type Decision,
  decidedInQuarantine,
  decideOn,
  type Quarantined,
} from '../../../queries/quarantine';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { DecisionFields } from './DecisionFields';

interface DecideSomeProps {
  records: readonly Quarantined[];
  onDone: (decided: Decided) => void;
}

/** Release or discard chosen records, one after another; those that say nothing stay. */
export function DecideSome({ records, onDone }: DecideSomeProps) {
  const words = useWords(quarantineWords);
  const queries = useQueryClient();
  const [done, setDone] = useState(0);
  const readings = records.filter(({ reading }) => reading !== null);
  const [wish, decide] = useState<Decision>('release');
  const decision = readings.length > 0 ? wish : 'discard';
  const decided = decision === 'release' ? readings : records;
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      decideOn(decided, decision, textIn(form, 'because') ?? '', setDone),
    onMutate: () => setDone(0),
    onSuccess: onDone,
    // Of several, some may be decided on before one is refused.
    onSettled: () => decidedInQuarantine(queries),
  });
  const left = records.length - readings.length;
  const effect =
    decision === 'discard'
      ? words.discardMany(records.length)
      : [words.releaseMany(readings.length), left > 0 ? words.cannotRelease(left) : ''].join(' ');
  return (
    <SendForm attempt={attempt} submit={words.go[decision]} isWide onSend={attempt.mutate}>
      <DecisionFields
        decision={decision}
        onDecision={readings.length > 0 ? decide : undefined}
        effect={effect}
      />
      {attempt.isPending && <p role="status">{words.deciding(done, decided.length)}</p>}
    </SendForm>
  );
}
