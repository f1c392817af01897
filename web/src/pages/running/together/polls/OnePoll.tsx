import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { pollWords } from '../../../../messages/polls';
import { runTogetherWords } from '../../../../messages/running/together';
import { pollingWords } from '../../../../messages/running/togetherPolls';
import { BackToOperationTogether } from '../../../../parts/Back';
import chips from '../../../../parts/Chip.module.css';
import { Heading } from '../../../../parts/Heading';
import { PageAnswer } from '../../../../parts/PageAnswer';
import shared from '../../../../parts/Together.module.css';
import { cancelPoll, draftPoll, type PollIn } from '../../../../queries/pollDesk';
import { type Poll, pollChanged, pollQuery } from '../../../../queries/polls';
import { momentOf } from '../../../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';
import { Result } from '../../../poll/Result';
import { Turnout } from '../../../poll/Turnout';
import { Draft } from '../Draft';
import { Ending } from '../Ending';
import { Opening } from './Opening';
import { Polling } from './Polling';
import { Roll } from './Roll';

/** A vote of an operation, from its draft to its result. */
export function OnePoll() {
  const { operation, poll: id } = useParams({
    from: '/inside/o/$operation/together/polls/$poll',
  });
  const query = useQuery(pollQuery(operation, id));
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <PageAnswer query={query}>
        {(poll) => (
          <>
            <Heading lang={OF_OPERATIONS}>{poll.question}</Heading>
            {poll.state === 'draft' ? <OfDraft poll={poll} /> : <OfOpened poll={poll} />}
          </>
        )}
      </PageAnswer>
    </>
  );
}

function OfDraft({ poll }: { poll: Poll }) {
  const words = useWords(runTogetherWords);
  return (
    <>
      <p>
        <span className={chips.chip}>{words.draft}</span>
      </p>
      <Draft next={<Opening poll={poll} />}>
        {(onSaved) => <Changing poll={poll} onSaved={onSaved} />}
      </Draft>
    </>
  );
}

function Changing({ poll, onSaved }: { poll: Poll; onSaved: () => void }) {
  const { saveDraft } = useWords(runTogetherWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (body: PollIn) => draftPoll(poll.operation_id, poll.id, body),
    onSuccess: async (draft) => {
      await pollChanged(queries, draft);
      onSaved();
    },
  });
  return <Polling poll={poll} attempt={attempt} submit={saveDraft} onSend={attempt.mutate} />;
}

function OfOpened({ poll }: { poll: Poll }) {
  const words = useWords(pollWords);
  const { cancel, onKey } = useWords(pollingWords);
  const { seeAsMember } = useWords(runTogetherWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const { id, operation_id, state, turnout, opens_at, closes_at, cancelled_reason } = poll;
  return (
    <>
      <p className={shared.lead}>
        {words.states[state](momentOf(opens_at, language), momentOf(closes_at, language))}
      </p>
      {cancelled_reason && <p>{words.cancelledReason(cancelled_reason)}</p>}
      {poll.key_id && <p>{onKey}</p>}
      <Link
        className={shared.more}
        to="/polls/$operation/$poll"
        params={{ operation: operation_id, poll: id }}
      >
        {seeAsMember}
      </Link>
      {state === 'closed' && <Result poll={poll} />}
      {turnout && state !== 'cancelled' && (
        <>
          <Turnout poll={poll} turnout={turnout} />
          <Roll poll={poll} />
        </>
      )}
      {(state === 'announced' || state === 'open') && (
        <Ending
          words={cancel}
          end={async (reason) => pollChanged(queries, await cancelPoll(poll, reason))}
        />
      )}
    </>
  );
}
