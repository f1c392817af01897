import { useQuery } from '@tanstack/react-query';
import { pollResultWords } from '../../messages/pollResults';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import { Icon } from '../../parts/Icon';
import shared from '../../parts/Together.module.css';
import { type Result as Data, type Poll, resultQuery } from '../../queries/polls';
import { useWords } from '../../words/language';
import { whyOf } from '../../words/outcomes';
import { Check } from './Check';
import { Outcome } from './Outcome';

/** What was decided and why, first in a word. */
export function Result({ poll }: { poll: Poll }) {
  const words = useWords(pollResultWords);
  const query = useQuery(resultQuery(poll.operation_id, poll.id));
  return (
    <>
      <Card title={words.result}>
        <Answer query={query}>{(result) => <Decided poll={poll} result={result} />}</Answer>
      </Card>
      {query.data && <Check poll={poll} result={query.data} />}
    </>
  );
}

function Decided({ poll, result }: { poll: Poll; result: Data }) {
  const words = useWords(pollResultWords);
  const { adopted, outcome } = result;
  const isMotion = poll.method === 'consent' || poll.adopting_option;
  const [yes, no] = isMotion
    ? [words.isAdopted, words.notAdopted]
    : [words.isChosen, words.notChosen];
  return (
    <>
      <p className={`${shared.state} ${shared.lead}`}>
        <Icon name={adopted ? 'done' : 'alert'} />
        {adopted ? yes : no}
      </p>
      <p>{whyOf(poll, result, words)}</p>
      <Outcome poll={poll} outcome={outcome} />
    </>
  );
}
