import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { runTogetherWords } from '../../../../messages/running/together';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { BackToOperationTogether } from '../../../../parts/Back';
import chips from '../../../../parts/Chip.module.css';
import { Heading } from '../../../../parts/Heading';
import { PageAnswer } from '../../../../parts/PageAnswer';
import shared from '../../../../parts/Together.module.css';
import {
  callOffGathering,
  type GatheringIn,
  gatheringChanged,
  recordGathering,
} from '../../../../queries/gatheringDesk';
import { type Gathering, gatheringQuery } from '../../../../queries/gatherings';
import { OF_OPERATIONS, useWords } from '../../../../words/language';
import { GatheringFacts } from '../../../GatheringFacts';
import { Draft } from '../Draft';
import { Ending } from '../Ending';
import { Announcing } from './Announcing';
import { Deleting } from './Deleting';
import { Papers } from './Papers';
import { Planning } from './Planning';
import { Who } from './Who';
import { WritingMinutes } from './WritingMinutes';

/** A gathering of an operation, from its draft to its minutes. */
export function OneGathering() {
  const { operation, gathering: id } = useParams({
    from: '/inside/o/$operation/together/gatherings/$gathering',
  });
  const query = useQuery(gatheringQuery(id));
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <PageAnswer query={query}>
        {(gathering) => (
          <>
            <Heading lang={OF_OPERATIONS}>{gathering.title}</Heading>
            {gathering.state === 'draft' ? (
              <OfDraft operation={operation} gathering={gathering} />
            ) : (
              <OfAnnounced operation={operation} gathering={gathering} />
            )}
          </>
        )}
      </PageAnswer>
    </>
  );
}

interface OfGathering {
  operation: string;
  gathering: Gathering;
}

function OfDraft({ operation, gathering }: OfGathering) {
  const words = useWords(runTogetherWords);
  return (
    <>
      <p>
        <span className={chips.chip}>{words.draft}</span>
      </p>
      <Draft next={<Announcing operation={operation} gathering={gathering} />}>
        {(onSaved) => (
          <Changing
            operation={operation}
            gathering={gathering}
            submit={words.saveDraft}
            onSaved={onSaved}
          />
        )}
      </Draft>
      <Papers gathering={gathering} />
      <Deleting operation={operation} gathering={gathering} />
    </>
  );
}

function OfAnnounced({ operation, gathering }: OfGathering) {
  const words = useWords(planningWords);
  const { seeAsMember } = useWords(runTogetherWords);
  const queries = useQueryClient();
  const isToCome = gathering.state === 'announced';
  const hasBegun = Date.parse(gathering.starts_at) <= Date.now();
  return (
    <>
      <GatheringFacts gathering={gathering} />
      <Link
        className={shared.more}
        to="/gatherings/$gathering"
        params={{ gathering: gathering.id }}
      >
        {seeAsMember}
      </Link>
      {gathering.state !== 'cancelled' && <Who operation={operation} gathering={gathering} />}
      <Papers gathering={gathering} />
      {gathering.state !== 'cancelled' && hasBegun && (
        <WritingMinutes operation={operation} gathering={gathering} />
      )}
      {isToCome && (
        <>
          <details>
            <summary>{words.change}</summary>
            <p>{words.changeHelp}</p>
            <Draft>
              {(onSaved) => (
                <Changing
                  operation={operation}
                  gathering={gathering}
                  submit={words.changeNow}
                  onSaved={onSaved}
                />
              )}
            </Draft>
          </details>
          <Ending
            words={words.callOff}
            end={async (reason) =>
              gatheringChanged(queries, await callOffGathering(gathering.id, reason))
            }
          />
        </>
      )}
    </>
  );
}

function Changing({
  operation,
  gathering,
  submit,
  onSaved,
}: OfGathering & { submit: string; onSaved: () => void }) {
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (body: GatheringIn) => recordGathering(gathering.id, body),
    onSuccess: async (changed) => {
      await gatheringChanged(queries, changed);
      onSaved();
    },
  });
  return (
    <Planning
      operation={operation}
      gathering={gathering}
      attempt={attempt}
      submit={submit}
      onSend={(body) => attempt.mutate(body)}
    />
  );
}
