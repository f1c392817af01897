import type { pollResultWords } from '../messages/pollResults';
import type { Poll, Result } from '../queries/polls';

/** Why it was adopted, or was not, in a sentence. */
export function whyOf(
  poll: Poll,
  { adopted, quorum_reached, outcome }: Result,
  { why }: (typeof pollResultWords)['fr'],
): string {
  if (!quorum_reached) return why.quorum;
  if (poll.method === 'consent') {
    if (adopted) return why.consent;
    return outcome.stances?.objection ? why.objection : why.silence;
  }
  const labels = outcome.winners.map((id) => labelOf(poll, id));
  if (labels.length === 0) return why.nobody;
  if (labels.length > 1) return why.tie(labels.join(', '));
  return why.first(labels.join());
}

export function labelOf(poll: Poll, id: string): string {
  return poll.options.find((option) => option.id === id)?.label ?? id;
}
