import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { challengeWords } from '../../../../messages/challenges';
import { runTogetherWords } from '../../../../messages/running/together';
import { challengingWords } from '../../../../messages/running/togetherChallenges';
import { Answer } from '../../../../parts/Answer';
import { BackToOperationTogether } from '../../../../parts/Back';
import chips from '../../../../parts/Chip.module.css';
import { Heading } from '../../../../parts/Heading';
import { PageAnswer } from '../../../../parts/PageAnswer';
import shared from '../../../../parts/Together.module.css';
import {
  type ChallengeIn,
  cancelChallenge,
  challengeChanged,
  draftChallenge,
} from '../../../../queries/challengeDesk';
import {
  type Challenge,
  challengeQuery,
  isOver,
  standingQuery,
} from '../../../../queries/challenges';
import { longDay } from '../../../../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';
import { Task } from '../../../challenge/Challenge';
import { Group } from '../../../challenge/Group';
import { Draft } from '../Draft';
import { Ending } from '../Ending';
import { Announcing } from './Announcing';
import { Challenging } from './Challenging';

/** A challenge of an operation, from its draft to its ranking. */
export function OneChallenge() {
  const { operation, challenge: id } = useParams({
    from: '/inside/o/$operation/together/challenges/$challenge',
  });
  const query = useQuery(challengeQuery(operation, id));
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <PageAnswer query={query}>
        {(challenge) => (
          <>
            <Heading lang={OF_OPERATIONS}>{challenge.title}</Heading>
            {challenge.state === 'draft' ? (
              <OfDraft challenge={challenge} />
            ) : (
              <OfAnnounced challenge={challenge} />
            )}
          </>
        )}
      </PageAnswer>
    </>
  );
}

function OfDraft({ challenge }: { challenge: Challenge }) {
  const words = useWords(runTogetherWords);
  return (
    <>
      <p>
        <span className={chips.chip}>{words.draft}</span>
      </p>
      <Draft next={<Announcing challenge={challenge} />}>
        {(onSaved) => <Changing challenge={challenge} onSaved={onSaved} />}
      </Draft>
    </>
  );
}

function Changing({ challenge, onSaved }: { challenge: Challenge; onSaved: () => void }) {
  const { saveDraft } = useWords(runTogetherWords);
  const queries = useQueryClient();
  const { operation_id, id } = challenge;
  const attempt = useMutation({
    mutationFn: (body: ChallengeIn) => draftChallenge(operation_id, id, body),
    onSuccess: async (draft) => {
      await challengeChanged(queries, draft);
      onSaved();
    },
  });
  return (
    <Challenging
      challenge={challenge}
      attempt={attempt}
      submit={saveDraft}
      onSend={attempt.mutate}
    />
  );
}

function OfAnnounced({ challenge }: { challenge: Challenge }) {
  const words = useWords(challengeWords);
  const { cancel } = useWords(challengingWords);
  const { seeAsMember } = useWords(runTogetherWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const { id, operation_id, state, first_day, last_day, text, cancelled_reason } = challenge;
  const standing = useQuery(standingQuery(operation_id, id));
  return (
    <>
      <p className={shared.lead}>
        {words.period(longDay(first_day, language), longDay(last_day, language))}
      </p>
      {state !== 'announced' && <p className={shared.state}>{words.states[state]}</p>}
      {state === 'announced' && isOver(challenge) && (
        <p className={shared.state}>{words.states.over}</p>
      )}
      {cancelled_reason && <p>{words.cancelledReason(cancelled_reason)}</p>}
      <Link
        className={shared.more}
        to="/challenges/$operation/$challenge"
        params={{ operation: operation_id, challenge: id }}
      >
        {seeAsMember}
      </Link>
      <Task challenge={challenge} />
      {text && (
        <p className={shared.lines} lang={OF_OPERATIONS}>
          {text}
        </p>
      )}
      {state !== 'cancelled' && (
        <Answer query={standing}>
          {(data) => <Group standing={data} challenge={challenge} />}
        </Answer>
      )}
      {state === 'announced' && (
        <Ending
          words={cancel}
          end={async (reason) =>
            challengeChanged(queries, await cancelChallenge(challenge, reason))
          }
        />
      )}
    </>
  );
}
