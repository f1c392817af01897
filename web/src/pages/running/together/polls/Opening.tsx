import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { pollingWords } from '../../../../messages/running/togetherPolls';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Field } from '../../../../parts/Field';
import { perimeterQuery } from '../../../../queries/perimeters';
import { openPoll } from '../../../../queries/pollDesk';
import { type Poll, pollChanged } from '../../../../queries/polls';
import { audienceOf } from '../../../../words/audiences';
import { dayAt, fullDay } from '../../../../words/dates';
import { numberIn } from '../../../../words/gatheringForms';
import { momentOf } from '../../../../words/instants';
import { useLanguage, useWords } from '../../../../words/language';
import { useNames } from '../../names';
import { Ticked } from '../Ticked';

/** Who may vote and who is told; then the vote is opened, and stays as it is. */
export function Opening({ poll }: { poll: Poll }) {
  const words = useWords(pollingWords);
  const perimeter = useQuery(perimeterQuery(poll.operation_id));
  // As the platform makes the roll: of the day on which voting begins, today if that is past.
  const now = new Date();
  const opens = new Date(poll.opens_at);
  const day = dayAt(opens < now ? now : opens);
  return (
    <Card title={words.open}>
      {Date.parse(poll.closes_at) <= now.getTime() ? (
        <p>{words.isPast}</p>
      ) : (
        <Answer query={perimeter}>
          {(data) => <Form poll={poll} voters={audienceOf(data, 'everybody', day)} day={day} />}
        </Answer>
      )}
    </Card>
  );
}

interface FormProps {
  poll: Poll;
  voters: readonly string[];
  day: string;
}

function Form({ poll, voters, day }: FormProps) {
  const words = useWords(pollingWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const isGiven = poll.weighting === 'given';
  const attempt = useMutation({
    mutationFn: (form: FormData) => openPoll(poll, isGiven ? weightsIn(form, voters) : []),
    onSuccess: (opened) => pollChanged(queries, opened),
  });
  const [opens, closes] = [poll.opens_at, poll.closes_at].map((at) => momentOf(at, language));
  if (voters.length === 0) return <p>{words.openToEmpty}</p>;
  return (
    <Ticked attempt={attempt} onSend={attempt.mutate} tick={words.checked} submit={words.open}>
      <p>{words.from(opens ?? '', closes ?? '')}</p>
      <p>{words.openTo(voters.length, fullDay(day, language))}</p>
      <p>{words.byEmail}</p>
      <p>{words.openFinal}</p>
      {isGiven && <WeightFields operation={poll.operation_id} voters={voters} />}
    </Ticked>
  );
}

function WeightFields({ operation, voters }: { operation: string; voters: readonly string[] }) {
  const words = useWords(pollingWords);
  const names = useNames(operation);
  return (
    <>
      <h3>{words.weights}</h3>
      <p>{words.weightsHelp}</p>
      {voters.map((id) => (
        <Field
          key={id}
          name={id}
          type="text"
          inputMode="numeric"
          pattern="\d{1,9}"
          label={names.ofMember(id)}
          defaultValue="1"
        />
      ))}
    </>
  );
}

function weightsIn(form: FormData, voters: readonly string[]) {
  return voters.map((member_id) => ({ member_id, weight: numberIn(form, member_id) ?? 0 }));
}
