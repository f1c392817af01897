import { useMutation } from '@tanstack/react-query';
import { dataWords } from '../../../messages/running/data';
import facts from '../../../parts/Facts.module.css';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import { Said } from '../../../parts/Said';
import { askAgain, estimate } from '../../../queries/completeness';
import { type Gap, pointDaysOf } from '../../../words/gaps';
import { useWords } from '../../../words/language';
import { useChanged } from './changed';
import type { OfMonth } from './Step';

interface ChosenGapsProps extends OfMonth {
  gaps: readonly Gap[];
  onClear: () => void;
}

/** What can be done about the gaps that were chosen, and nothing else. */
export function ChosenGaps({ operation, month, gaps, onClear }: ChosenGapsProps) {
  const words = useWords(dataWords);
  const changed = useChanged(operation);
  const done = async () => {
    await changed();
    onClear();
  };
  const asking = useMutation({
    mutationFn: (only: readonly Gap[]) => askAgain(operation, month, pointDaysOf(only)),
    onSuccess: done,
  });
  const estimating = useMutation({
    mutationFn: (only: readonly Gap[]) => estimate(operation, month, pointDaysOf(only)),
    onSuccess: done,
  });
  const isBusy = asking.isPending || estimating.isPending;
  const start = (attempt: typeof asking | typeof estimating) => {
    if (isBusy) return;
    asking.reset();
    estimating.reset();
    attempt.mutate(gaps);
  };
  return (
    <>
      <p role="status">{gaps.length === 0 ? words.chooseHelp : words.chosen(gaps.length)}</p>
      {gaps.length > 0 && (
        <div className={facts.actions}>
          <QuietButton onPress={() => start(asking)}>{words.askChosen}</QuietButton>
          <QuietButton onPress={() => start(estimating)}>{words.estimateChosen}</QuietButton>
          <QuietButton onPress={onClear}>{words.chooseNone}</QuietButton>
        </div>
      )}
      <Said>{asking.isSuccess && words.askedChosen}</Said>
      <Said>
        {estimating.isSuccess &&
          words.filled(estimating.data.steps_filled, estimating.data.steps_left)}
      </Said>
      <Refusal error={asking.error ?? estimating.error} />
    </>
  );
}
