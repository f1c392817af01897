import { useMutation, useQueryClient } from '@tanstack/react-query';
import { challengeWords } from '../../messages/challenges';
import { Card } from '../../parts/Card';
import { Icon } from '../../parts/Icon';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import shared from '../../parts/Together.module.css';
import { Why } from '../../parts/Why';
import {
  type Challenge,
  isOver,
  leave,
  type OwnResult,
  type Standing,
} from '../../queries/challenges';
import type { OwnParticipation } from '../../queries/me';
import { effort } from '../../words/efforts';
import { useLanguage, useWords } from '../../words/language';
import { kwh } from '../../words/numbers';
import { placeOf } from '../../words/rankings';
import styles from './Own.module.css';

interface OwnProps {
  challenge: Challenge;
  standing: Standing;
  points: OwnParticipation[];
  onLeft: () => void;
}

/** How one does with each point that takes part, and the way out. */
export function Own({ challenge, standing, points, onLeft }: OwnProps) {
  const words = useWords(challengeWords);
  const queries = useQueryClient();
  const leaving = useMutation({
    mutationFn: (prm: string) => leave(challenge, prm),
    onSuccess: () => {
      onLeft();
      return queries.invalidateQueries({
        queryKey: ['challenge', challenge.operation_id, challenge.id],
      });
    },
  });
  const labelOf = (prm: string) => points.find((one) => one.prm === prm)?.point_label ?? '';
  return (
    <Card title={words.own}>
      {standing.own.map((own) => (
        <div key={own.prm}>
          {standing.own.length > 1 && <h3 className={shared.part}>{labelOf(own.prm)}</h3>}
          <Progress challenge={challenge} own={own} />
          <p className={shared.weak}>{words.place[placeOf(own, standing)](own.shown_as ?? '')}</p>
          <div className={shared.actions}>
            <QuietButton onPress={() => leaving.mutate(own.prm)}>
              {words.leave(labelOf(own.prm))}
            </QuietButton>
          </div>
        </div>
      ))}
      <Refusal error={leaving.error} />
    </Card>
  );
}

function Progress({ challenge, own }: { challenge: Challenge; own: OwnResult }) {
  const words = useWords(challengeWords);
  const language = useLanguage();
  const { effort_permille, is_target_reached, in_words, days, actual_wmin, expected_wmin } = own;
  if (effort_permille === null) return <p>{in_words ?? words.nothingYet}</p>;
  const isLast = challenge.state === 'frozen' || isOver(challenge);
  const why = challenge.kind === 'local_share' ? words.whyShare : words.whyMore;
  return (
    <>
      <p>
        <span className={styles.figure}>{effort(effort_permille, challenge.kind, language)}</span>{' '}
        {words.ofTarget(effort(challenge.target_percent * 10, challenge.kind, language))}
      </p>
      <p className={shared.state}>
        {is_target_reached && <Icon name="done" />}
        {is_target_reached ? words.reached : isLast ? words.missed : words.notReached}
      </p>
      {days !== null && actual_wmin !== null && expected_wmin !== null && (
        <Why>
          <p>{why(days, kwh(actual_wmin, language), kwh(expected_wmin, language))}</p>
        </Why>
      )}
    </>
  );
}
