import { GRADES } from '../../counting/ballots';
import { ballotWords } from '../../messages/ballots';
import { pollResultWords } from '../../messages/pollResults';
import tables from '../../parts/Table.module.css';
import shared from '../../parts/Together.module.css';
import { Bars } from '../../pictures/Bars';
import type { Poll, Result } from '../../queries/polls';
import { colon, OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import { labelOf } from '../../words/outcomes';

interface OutcomeProps {
  poll: Poll;
  outcome: Result['outcome'];
}

/** The numbers that led to the result, as its method has them. */
export function Outcome({ poll, outcome }: OutcomeProps) {
  const words = useWords(pollResultWords);
  const onBallots = useWords(ballotWords);
  const { votes, stances, duels, grades, objections } = outcome;
  const caption = words.resultOf(poll.question);
  const columns = { label: words.option, number: words.votes };
  const isFirst = (id: string) => outcome.winners.includes(id);
  return (
    <>
      {votes && (
        <Bars
          caption={caption}
          columns={columns}
          bars={Object.entries(votes)
            .map(([id, number]) => ({
              label: labelOf(poll, id),
              lang: OF_OPERATIONS,
              number,
              isFirst: isFirst(id),
            }))
            .sort((one, other) => other.number - one.number)}
          first={words.isFirst}
        />
      )}
      {stances && (
        <Bars
          caption={caption}
          columns={columns}
          bars={(['consent', 'objection'] as const).map((stance) => ({
            label: onBallots.stances[stance],
            number: stances[stance] ?? 0,
            isFirst: false,
          }))}
          first={words.isFirst}
        />
      )}
      {duels && <Duels poll={poll} duels={duels} />}
      {grades && <Grades poll={poll} outcome={outcome} />}
      {objections && objections.length > 0 && (
        <>
          <h3 className={shared.part}>{words.objections}</h3>
          <ul>
            {objections.map((reason) => (
              <li key={reason} className={shared.lines} lang={OF_OPERATIONS}>
                {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Each pair of options, the one that more prefer first. */
function Duels({ poll, duels }: { poll: Poll; duels: Record<string, Record<string, number>> }) {
  const words = useWords(pollResultWords);
  const ids = poll.options.map(({ id }) => id);
  const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other) => [one, other]));
  return (
    <>
      <h3 className={shared.part}>{words.duels}</h3>
      <ul>
        {pairs.map(([one = '', other = '']) => {
          const [won, lost] = [duels[one]?.[other] ?? 0, duels[other]?.[one] ?? 0];
          const [first, second] = won < lost ? [other, one] : [one, other];
          const [most, least] = [Math.max(won, lost), Math.min(won, lost)];
          return (
            <li key={`${one} ${other}`}>
              {words.duel(labelOf(poll, first), most, least, labelOf(poll, second))}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Grades({ poll, outcome }: OutcomeProps) {
  const words = useWords(pollResultWords);
  const onBallots = useWords(ballotWords);
  const language = useLanguage();
  const { options } = poll;
  return (
    <>
      <table className={tables.table}>
        <caption>{words.resultOf(poll.question)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.option}</th>
            <th scope="col">{words.median}</th>
          </tr>
        </thead>
        <tbody>
          {options.map(({ id, label }) => {
            const median = outcome.medians?.[id];
            return (
              <tr key={id}>
                <th scope="row">
                  <span lang={OF_OPERATIONS}>{label}</span>
                  {outcome.winners.includes(id) && ` (${words.isFirst})`}
                </th>
                <td>{median ? onBallots.grades[median] : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <details>
        <summary>{words.allGrades}</summary>
        <ul>
          {options.map(({ id, label }) => {
            const row = outcome.grades?.[id] ?? {};
            const given = GRADES.toReversed().filter((grade) => row[grade]);
            const grades = given.map((grade) => `${row[grade]} × ${onBallots.grades[grade]}`);
            return <li key={id}>{label + colon(language) + grades.join(', ')}</li>;
          })}
        </ul>
      </details>
    </>
  );
}
