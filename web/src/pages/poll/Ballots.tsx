import { useQuery } from '@tanstack/react-query';
import { pollResultWords } from '../../messages/pollResults';
import { Answer } from '../../parts/Answer';
import tables from '../../parts/Table.module.css';
import { ballotsQuery, type Poll } from '../../queries/polls';
import { choiceInWords } from '../../words/ballots';
import { useLanguage, useWords } from '../../words/language';

/** Who chose what, where that is no secret. */
export function Ballots({ poll }: { poll: Poll }) {
  const words = useWords(pollResultWords);
  const language = useLanguage();
  const query = useQuery(ballotsQuery(poll.operation_id, poll.id));
  return (
    <details>
      <summary>{words.ballots}</summary>
      <Answer query={query}>
        {(ballots) => (
          <table className={tables.table}>
            <caption>{words.ballotsCaption}</caption>
            <thead>
              <tr>
                <th scope="col">{words.voter}</th>
                <th scope="col">{words.choice}</th>
              </tr>
            </thead>
            <tbody>
              {ballots.map((ballot) => (
                <tr key={ballot.member_id}>
                  <th scope="row">{ballot.name}</th>
                  <td>{choiceInWords(ballot.choice, poll, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answer>
    </details>
  );
}
