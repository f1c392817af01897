import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { togetherWords } from '../messages/together';
import { Answer } from '../parts/Answer';
import { Card } from '../parts/Card';
import go from '../parts/Go.module.css';
import { Icon } from '../parts/Icon';
import shared from '../parts/Together.module.css';
import type { Operation } from '../queries/operations';
import { type Poll, pollsQuery } from '../queries/polls';
import { momentOf } from '../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../words/language';

const GOING_ON: readonly Poll['state'][] = ['announced', 'open', 'counting'];

/** The polls of one's operations: first those in which one can vote. */
export function Votes({ operations }: { operations: readonly Operation[] }) {
  const words = useWords(togetherWords);
  const query = useQuery(pollsQuery(operations));
  return (
    <Card title={words.votes}>
      <Answer query={query}>{(polls) => <Lists polls={polls} />}</Answer>
    </Card>
  );
}

function Lists({ polls }: { polls: Poll[] }) {
  const words = useWords(togetherWords);
  const goingOn = polls.filter(({ state }) => GOING_ON.includes(state));
  const over = polls.filter(({ state }) => ['closed', 'cancelled'].includes(state));
  return (
    <>
      {goingOn.length === 0 && <p className={shared.weak}>{words.noVotes}</p>}
      <ul className={shared.list}>
        {goingOn.sort(byWhatIsToDo).map((poll) => (
          <Line key={poll.id} poll={poll} />
        ))}
      </ul>
      {over.length > 0 && (
        <details>
          <summary>{words.pastVotes}</summary>
          <ul className={shared.list}>
            {over.map((poll) => (
              <Line key={poll.id} poll={poll} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Line({ poll }: { poll: Poll }) {
  const words = useWords(togetherWords);
  const params = { operation: poll.operation_id, poll: poll.id };
  const { own } = poll;
  return (
    <li className={shared.line}>
      <div>
        <h3 className={shared.title} lang={OF_OPERATIONS}>
          <Link to="/polls/$operation/$poll" params={params}>
            {poll.question}
          </Link>
        </h3>
        <When poll={poll} />
        {own?.has_voted && (
          <p className={shared.state}>
            <Icon name="done" />
            {own.holder ? words.heldBy(own.holder.name) : words.voted}
          </p>
        )}
      </div>
      {isToVote(poll) && (
        <Link
          className={go.go}
          to="/polls/$operation/$poll"
          params={params}
          aria-label={words.voteOn(poll.question)}
        >
          {words.vote}
        </Link>
      )}
    </li>
  );
}

function When({ poll }: { poll: Poll }) {
  const words = useWords(togetherWords);
  const language = useLanguage();
  const { state } = poll;
  return (
    <p className={shared.weak}>
      {state === 'announced' && words.opens(momentOf(poll.opens_at, language))}
      {state === 'open' && words.until(momentOf(poll.closes_at, language))}
      {state === 'counting' && words.counting}
      {state === 'cancelled' && words.cancelled}
      {state === 'closed' && words.adopted}
    </p>
  );
}

/** There is a ballot to cast, one's own or that of who gave one a proxy. */
function isToVote({ own, state }: Poll): boolean {
  if (!own || state !== 'open') return false;
  const isProxyLeft = own.proxies.some(({ has_voted }) => !has_voted);
  return (own.may_vote && !own.has_voted) || isProxyLeft;
}

function byWhatIsToDo(one: Poll, other: Poll): number {
  const first = Number(isToVote(other)) - Number(isToVote(one));
  return first || Date.parse(one.closes_at) - Date.parse(other.closes_at);
}
