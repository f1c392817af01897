import { useMutation, useQueryClient } from '@tanstack/react-query';
import { challengeWords } from '../../messages/challenges';
import { Card } from '../../parts/Card';
import { ChoiceField } from '../../parts/ChoiceField';
import { Field } from '../../parts/Field';
import { SendForm } from '../../parts/SendForm';
import { type Challenge, enter } from '../../queries/challenges';
import type { OwnParticipation } from '../../queries/me';
import { useWords } from '../../words/language';

/** To take part with one's own point, which is a consent and says so. */
export function Joining({
  challenge,
  points,
  onJoined,
}: {
  challenge: Challenge;
  points: OwnParticipation[];
  onJoined: () => void;
}) {
  const words = useWords(challengeWords);
  const queries = useQueryClient();
  const joining = useMutation({
    mutationFn: ({ place, name }: { place: number; name: string }) =>
      enter(challenge, points[place]?.prm ?? '', name),
    onSuccess: () => {
      onJoined();
      return queries.invalidateQueries({
        queryKey: ['challenge', challenge.operation_id, challenge.id],
      });
    },
  });
  return (
    <Card title={words.join}>
      {points.length === 0 && <p>{words.noPoint}</p>}
      {points.length > 0 && (
        <>
          <p>{words.joinHelp}</p>
          <SendForm
            attempt={joining}
            submit={words.joinNow}
            onSend={(form) =>
              joining.mutate({
                place: Number(form.get('place') ?? 0),
                name: String(form.get('shown_as')).trim(),
              })
            }
          >
            {points.length > 1 && (
              <ChoiceField<string>
                name="place"
                label={words.point}
                choices={Object.fromEntries(
                  points.map((point, place) => [place, point.point_label]),
                )}
                chosen="0"
              />
            )}
            <Field
              name="shown_as"
              type="text"
              autoComplete="off"
              label={words.name}
              help={words.nameHelp}
              isOptional
            />
          </SendForm>
        </>
      )}
    </Card>
  );
}
