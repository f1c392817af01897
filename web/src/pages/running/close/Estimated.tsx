import { useMutation, useQuery } from '@tanstack/react-query';
import { estimatingWords } from '../../../messages/running/estimating';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import { estimationsQuery, withdrawEstimation } from '../../../queries/estimations';
import { standingIn } from '../../../words/estimations';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from './changed';
import type { OfMonth } from './Step';

/** What was estimated of a month, each to be taken back. */
export function Estimated({ operation, month }: OfMonth) {
  const words = useWords(estimatingWords);
  const language = useLanguage();
  const changed = useChanged(operation);
  const { data = [] } = useQuery(estimationsQuery(operation));
  const attempt = useMutation({ mutationFn: withdrawEstimation, onSuccess: changed });
  const standing = standingIn(month, data);
  return (
    <>
      <Said>{attempt.isSuccess && words.withdrawn}</Said>
      {standing.length > 0 && (
        <details>
          <summary>{words.done}</summary>
          <p>{words.withdrawHelp}</p>
          <ul className={shared.list}>
            {standing.map((estimation) => {
              const day = momentOf(estimation.asked_at, language);
              return (
                <li key={estimation.id} className={shared.line}>
                  <span>{words.ofDay(day, estimation.steps_filled)}</span>
                  <QuietButton
                    name={words.withdrawOf(day)}
                    onPress={() => !attempt.isPending && attempt.mutate(estimation)}
                  >
                    {words.withdraw}
                  </QuietButton>
                </li>
              );
            })}
          </ul>
          <Refusal error={attempt.error} />
        </details>
      )}
    </>
  );
}
