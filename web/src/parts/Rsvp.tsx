import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { gatheringWords } from '../messages/gatherings';
import { type Gathering, type Reply, reply } from '../queries/gatherings';
import { momentOf } from '../words/instants';
import { useLanguage, useWords } from '../words/language';
import { Refusal } from './Refusal';
import styles from './Rsvp.module.css';

type OwnReply = NonNullable<Gathering['own_reply']>;
type Words = (typeof gatheringWords)['fr'];

const ANSWERS = ['yes', 'maybe', 'no'] as const;

/** Will you come? Each press is sent at once, and may change until it is too late. */
export function Rsvp({ gathering, memberId }: { gathering: Gathering; memberId: string }) {
  const words = useWords(gatheringWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const attempt = useMutation({
    // One after another: the last press is the answer.
    scope: { id: `reply ${gathering.id}` },
    mutationFn: (body: Reply) => reply(gathering.id, memberId, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['gatherings'] }),
  });
  const own = gathering.own_reply;
  const { starts_at, reply_by } = gathering;
  if (gathering.state !== 'announced' || isPast(starts_at)) return null;
  const isLate = isPast(reply_by ?? starts_at);
  const said = attempt.isPending ? attempt.variables : own;
  const send = (change: Partial<Reply>) => {
    const { answer = 'yes', guests = 0, shows_name = false } = { ...said, ...change };
    attempt.mutate({ answer, guests: answer === 'yes' ? guests : 0, shows_name });
  };
  return (
    <fieldset className={styles.rsvp}>
      <legend>{words.willYouCome}</legend>
      {isLate && <p>{words.onlyNo}</p>}
      <div className={styles.answers}>
        {ANSWERS.filter((answer) => !isLate || answer === 'no').map((answer) => (
          <Button
            key={answer}
            className={styles.answer ?? ''}
            aria-pressed={said?.answer === answer}
            onPress={() => send({ answer })}
          >
            {words[answer]}
          </Button>
        ))}
      </div>
      {said && !isLate && <Details gathering={gathering} said={said} onChange={send} />}
      <p role="status">{own && told(own, words)}</p>
      {!own && reply_by && !isLate && <p>{words.replyBy(momentOf(reply_by, language))}</p>}
      <Refusal error={attempt.error} />
    </fieldset>
  );
}

interface DetailsProps {
  gathering: Gathering;
  said: Reply;
  onChange: (change: Partial<Reply>) => void;
}

/** With whom one comes, and who may know. */
function Details({ gathering, said, onChange }: DetailsProps) {
  const words = useWords(gatheringWords);
  const mostGuests = said.answer === 'yes' ? gathering.max_guests : 0;
  return (
    <div className={styles.more}>
      {mostGuests > 0 && (
        <label>
          {words.guests}
          <select
            value={said.guests ?? 0}
            onChange={({ target }) => onChange({ guests: Number(target.value) })}
          >
            {Array.from({ length: mostGuests + 1 }, (_, guests) => guests).map((guests) => (
              <option key={guests} value={guests}>
                {guests === 0 ? words.alone : guests}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <input
          type="checkbox"
          checked={said.shows_name ?? false}
          onChange={({ target }) => onChange({ shows_name: target.checked })}
        />
        {words.showName}
      </label>
    </div>
  );
}

function told({ answer, guests, waits_behind }: OwnReply, words: Words): string {
  return typeof waits_behind === 'number'
    ? words.waiting(waits_behind)
    : words.noted[answer](guests);
}

function isPast(instant: string): boolean {
  return Date.parse(instant) <= Date.now();
}
