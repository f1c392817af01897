import { useMutation, useQuery } from '@tanstack/react-query';
import { dataWords } from '../../../messages/running/data';
import { Answer } from '../../../parts/Answer';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { estimate } from '../../../queries/completeness';
import { countEstimates, type Policy, policyQuery } from '../../../queries/shares';
import { useWords } from '../../../words/language';
import { useChanged } from './changed';
import { Estimated } from './Estimated';
import type { OfMonth } from './Step';

interface EstimatingProps extends OfMonth {
  /** Some values are estimates already. */
  isDone: boolean;
  /** Some values are missing still. */
  isToDo: boolean;
}

/** Values of our own in the place of what is missing, and whether they count. */
export function Estimating({ operation, month, isDone, isToDo }: EstimatingProps) {
  const words = useWords(dataWords);
  const changed = useChanged(operation);
  const policy = useQuery(policyQuery(operation));
  const attempt = useMutation({
    mutationFn: () => estimate(operation, month),
    onSuccess: changed,
  });
  return (
    <>
      <Said>
        {attempt.isSuccess && words.filled(attempt.data.steps_filled, attempt.data.steps_left)}
      </Said>
      {isDone && (
        <Answer query={policy}>
          {(chosen) => <Counting operation={operation} policy={chosen} />}
        </Answer>
      )}
      <Estimated operation={operation} month={month} />
      {isToDo && (
        <details>
          <summary>{words.estimate}</summary>
          <p>{words.estimateHelp}</p>
          <SendForm attempt={attempt} submit={words.estimateNow} onSend={() => attempt.mutate()} />
        </details>
      )}
    </>
  );
}

/** Whether estimates count in shares; the button that has them count, where they do not. */
function Counting({ operation, policy }: { operation: string; policy: Policy }) {
  const words = useWords(dataWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: () => countEstimates(operation, policy),
    onSuccess: changed,
  });
  if (attempt.isSuccess) return <Said>{words.countedNow}</Said>;
  if (policy.missing_readings === 'estimate') return <p>{words.countsAlready}</p>;
  if (policy.missing_readings === 'zero') return <p>{words.countsAsZero}</p>;
  return (
    <>
      <p>{words.countsNot}</p>
      <SendForm attempt={attempt} submit={words.countThem} onSend={() => attempt.mutate()} />
    </>
  );
}
