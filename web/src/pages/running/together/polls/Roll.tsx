import { useQuery } from '@tanstack/react-query';
import { pollingWords } from '../../../../messages/running/togetherPolls';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import tables from '../../../../parts/Table.module.css';
import { rollQuery, type Voter } from '../../../../queries/pollDesk';
import type { Poll } from '../../../../queries/polls';
import { useWords } from '../../../../words/language';

/** Who may vote, and who has. */
export function Roll({ poll }: { poll: Poll }) {
  const words = useWords(pollingWords);
  const query = useQuery(rollQuery(poll.operation_id, poll.id));
  return (
    <Card title={words.roll}>
      <Answer query={query}>{(voters) => <Voters poll={poll} voters={voters} />}</Answer>
    </Card>
  );
}

function Voters({ poll, voters }: { poll: Poll; voters: readonly Voter[] }) {
  const words = useWords(pollingWords);
  const isWeighed = poll.weighting !== 'one_each';
  const names = new Map(voters.map(({ member_id, name }) => [member_id, name]));
  // Who can still be reminded, first.
  const inOrder = voters.toSorted(
    (one, other) =>
      Number(one.has_voted) - Number(other.has_voted) || one.name.localeCompare(other.name, 'fr'),
  );
  return (
    <table className={tables.table}>
      <caption>{words.rollHelp}</caption>
      <thead>
        <tr>
          <th scope="col">{words.member}</th>
          {isWeighed && <th scope="col">{words.weight}</th>}
          <th scope="col">{words.hasVoted}</th>
        </tr>
      </thead>
      <tbody>
        {inOrder.map(({ member_id, name, weight, has_voted, holder_id }) => (
          <tr key={member_id}>
            <th scope="row">{name}</th>
            {isWeighed && <td>{weight}</td>}
            <td>
              {has_voted ? words.yesVoted : isOver(poll) ? words.neverVoted : words.notVoted}
              {holder_id && ` · ${words.byHolder(names.get(holder_id) ?? '')}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isOver({ state }: Poll): boolean {
  return state === 'counting' || state === 'closed';
}
