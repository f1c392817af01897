import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { neededFor } from '../../counting/count';
import { pollWords } from '../../messages/polls';
import { AskOrganiser } from '../../parts/AskOrganiser';
import { BackTogether } from '../../parts/Back';
import { Card } from '../../parts/Card';
import go from '../../parts/Go.module.css';
import { Heading } from '../../parts/Heading';
import { PageAnswer } from '../../parts/PageAnswer';
import shared from '../../parts/Together.module.css';
import { type Poll as Data, pollQuery } from '../../queries/polls';
import { momentOf } from '../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import { Ballots } from './Ballots';
import { KeyPreview } from './KeyPreview';
import { Proxies } from './Proxies';
import { Result } from './Result';
import { Turnout } from './Turnout';
import { BALLOT, Voting } from './Voting';

/** A vote: what is asked, what it changes, one's ballot, and what came of it. */
export function Poll() {
  const { operation, poll } = useParams({ from: '/inside/polls/$operation/$poll' });
  const query = useQuery(pollQuery(operation, poll));
  return (
    <>
      <BackTogether />
      <PageAnswer query={query}>{(data) => <OfPoll poll={data} />}</PageAnswer>
    </>
  );
}

function OfPoll({ poll }: { poll: Data }) {
  const words = useWords(pollWords);
  const language = useLanguage();
  const { state, own, turnout, opens_at, closes_at, cancelled_reason } = poll;
  const areSeen = state === 'closed' || (poll.ballot_mode === 'open' && turnout !== null);
  return (
    <>
      <Heading lang={OF_OPERATIONS}>{poll.question}</Heading>
      <p className={shared.lead}>
        {words.states[state](momentOf(opens_at, language), momentOf(closes_at, language))}
      </p>
      {own?.may_vote && !own.has_voted && (
        <a className={go.quiet} href={`#${BALLOT}`}>
          {words.toBallot}
        </a>
      )}
      {cancelled_reason && <p>{words.cancelledReason(cancelled_reason)}</p>}
      {state === 'closed' && <Result poll={poll} />}
      {poll.description && (
        <p className={shared.lines} lang={OF_OPERATIONS}>
          {poll.description}
        </p>
      )}
      {state !== 'cancelled' && <Consequence poll={poll} />}
      {poll.key_id && own && ['announced', 'open'].includes(state) && (
        <KeyPreview poll={poll} keyId={poll.key_id} />
      )}
      <Voting poll={poll} />
      {turnout && state !== 'cancelled' && <Turnout poll={poll} turnout={turnout} />}
      <Proxies poll={poll} />
      {areSeen && poll.ballot_mode !== 'secret' && <Ballots poll={poll} />}
      <AskOrganiser operationId={poll.operation_id} />
    </>
  );
}

/** What adopting means, who sees what, and how it is counted. */
function Consequence({ poll }: { poll: Data }) {
  const words = useWords(pollWords);
  const { method, options, adopting_option, key_id, quorum, turnout, own, state } = poll;
  const adopting = options.find(({ id }) => id === adopting_option);
  const needed = turnout && neededFor(quorum, turnout);
  const rule = quorum?.of === 'weight' ? words.quorumRuleWeight : words.quorumRule;
  return (
    <Card title={words.consequence}>
      <p>
        {method === 'consent' && words.adopts.consent}
        {method !== 'consent' &&
          (adopting ? words.adopts.option(adopting.label) : words.adopts.any)}{' '}
        {needed !== null && rule(needed)}
      </p>
      {key_id && <p>{words.adoptsKey}</p>}
      <p>{(state === 'closed' ? words.modesOver : words.modes)[poll.ballot_mode]}</p>
      {own && own.weight !== 1 && <p>{words.weight(own.weight)}</p>}
      <details>
        <summary>{words.how}</summary>
        <p>{words.methods[method]}</p>
      </details>
    </Card>
  );
}
