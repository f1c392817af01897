import { type Turnout as Data, isQuorumReached, neededFor, votedFor } from '../../counting/count';
import { pollWords } from '../../messages/polls';
import { Card } from '../../parts/Card';
import shared from '../../parts/Together.module.css';
import { QuorumBar } from '../../pictures/QuorumBar';
import type { Poll } from '../../queries/polls';
import { useWords } from '../../words/language';

/** How many have voted, and what the quorum still asks for. */
export function Turnout({ poll, turnout }: { poll: Poll; turnout: Data }) {
  const words = useWords(pollWords);
  const { quorum, state } = poll;
  const isByWeight = quorum?.of === 'weight';
  const needed = neededFor(quorum, turnout);
  const voted = votedFor(quorum, turnout);
  const all = isByWeight ? turnout.weight_total : turnout.voters;
  const missing =
    state === 'closed' ? words.quorumFailed : words.quorumMissing((needed ?? 0) - voted);
  return (
    <Card title={words.turnout}>
      <p>{isByWeight ? words.weightVoted(voted, all) : words.voted(voted, all)}</p>
      <QuorumBar voted={voted} all={all} needed={needed} />
      {needed !== null && (
        <p className={shared.weak}>
          {words.quorum(needed)}, {isQuorumReached(quorum, turnout) ? words.quorumReached : missing}
        </p>
      )}
    </Card>
  );
}
