import { useQuery } from '@tanstack/react-query';
import { ballotWords } from '../../messages/ballots';
import { proxyWords } from '../../messages/proxies';
import { Icon } from '../../parts/Icon';
import shared from '../../parts/Together.module.css';
import { meQuery } from '../../queries/me';
import type { OwnVote, Poll } from '../../queries/polls';
import { useWords } from '../../words/language';
import { Ballot } from './Ballot';

/** Where the ballot stands on the page, for the way to it. */
export const BALLOT = 'ballot';

/** One's own ballot, and those of the members who gave one a proxy. */
export function Voting({ poll }: { poll: Poll }) {
  const words = useWords(ballotWords);
  const { data: me } = useQuery(meQuery);
  const { own, state } = poll;
  if (!own || !me?.member_id) {
    return me?.member_id && state === 'open' ? <p>{words.notOnRoll}</p> : null;
  }
  return (
    <div id={BALLOT}>
      {/* In its place as long as the page is shown, so that a receipt stays where it is. */}
      <Ballot poll={poll} memberId={me.member_id} mayVote={own.may_vote} hasVoted={own.has_voted} />
      <Told own={own} isOpen={own.may_vote} />
      {own.proxies.map(({ member_id, name, has_voted }) => (
        <Ballot
          key={member_id}
          poll={poll}
          memberId={member_id}
          name={name}
          mayVote={state === 'open' && !(has_voted && poll.ballot_mode === 'secret')}
          hasVoted={has_voted}
        />
      ))}
    </div>
  );
}

function Told({ own, isOpen }: { own: OwnVote; isOpen: boolean }) {
  const words = useWords(ballotWords);
  const byProxy = useWords(proxyWords);
  if (!own.has_voted || isOpen) return null;
  return (
    <p className={shared.state}>
      <Icon name="done" />
      {own.holder ? byProxy.votedByHolder(own.holder.name) : words.hasVoted}
    </p>
  );
}
