import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { challengingWords } from '../../../../messages/running/togetherChallenges';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { announceChallenge, challengeChanged } from '../../../../queries/challengeDesk';
import { type Challenge, isOver } from '../../../../queries/challenges';
import { perimeterQuery } from '../../../../queries/perimeters';
import { audienceOf } from '../../../../words/audiences';
import { dayAt } from '../../../../words/dates';
import { useWords } from '../../../../words/language';
import { Ticked } from '../Ticked';

/** Who is told; then the challenge is announced, and stays as it is. */
export function Announcing({ challenge }: { challenge: Challenge }) {
  const words = useWords(challengingWords);
  const perimeter = useQuery(perimeterQuery(challenge.operation_id));
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => announceChallenge(challenge),
    onSuccess: (announced) => challengeChanged(queries, announced),
  });
  return (
    <Card title={words.announce}>
      {isOver(challenge) ? (
        <p>{words.isPast}</p>
      ) : (
        <Answer query={perimeter}>
          {(data) => {
            const count = audienceOf(data, 'consumers', dayAt(new Date())).length;
            return (
              <Ticked
                attempt={attempt}
                onSend={() => attempt.mutate()}
                tick={words.checked}
                submit={words.announce}
              >
                <p>{count > 0 ? words.announceTo(count) : words.announceToEmpty}</p>
                <p>{words.final}</p>
              </Ticked>
            );
          }}
        </Answer>
      )}
    </Card>
  );
}
