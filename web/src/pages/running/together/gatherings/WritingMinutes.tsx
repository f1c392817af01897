import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { publishMinutes } from '../../../../queries/gatheringDesk';
import { type Gathering, type Minutes, minutesQuery } from '../../../../queries/gatherings';
import { perimeterQuery } from '../../../../queries/perimeters';
import { audienceOf } from '../../../../words/audiences';
import { dayAt } from '../../../../words/dates';
import { useWords } from '../../../../words/language';
import { GatheringMinutes } from '../../../GatheringMinutes';
import { Draft } from '../Draft';
import { Ticked } from '../Ticked';
import { MinutesForm } from './MinutesForm';

interface OfGathering {
  operation: string;
  gathering: Gathering;
}

/** The minutes: a draft to write and publish, or what is published and a correction of it. */
export function WritingMinutes(of: OfGathering) {
  const words = useWords(planningWords);
  const query = useQuery(minutesQuery(of.gathering.id));
  return (
    <Answer query={query}>
      {(versions) => {
        const last = versions.at(-1);
        if (!last?.published_at) {
          return (
            <Card title={words.minutes}>
              <Version {...of} draft={last} version={last?.version ?? 1} />
            </Card>
          );
        }
        return (
          <>
            <GatheringMinutes gathering={of.gathering} />
            <details>
              <summary>{words.correct}</summary>
              <Version {...of} former={last} version={last.version + 1} />
            </details>
          </>
        );
      }}
    </Answer>
  );
}

interface VersionProps extends OfGathering {
  version: number;
  draft?: Minutes | undefined;
  /** The one that it corrects. */
  former?: Minutes;
}

function Version({ operation, gathering, version, draft, former }: VersionProps) {
  return (
    <Draft
      next={draft && <Publishing operation={operation} gathering={gathering} version={version} />}
    >
      {(onSaved) => (
        <MinutesForm
          operation={operation}
          gathering={gathering}
          version={version}
          edit={draft?.edit ?? 0}
          minutes={draft ?? former}
          onSaved={onSaved}
        />
      )}
    </Draft>
  );
}

function Publishing({ operation, gathering, version }: OfGathering & { version: number }) {
  const words = useWords(planningWords);
  const perimeter = useQuery(perimeterQuery(operation));
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => publishMinutes(gathering.id, version),
    onSuccess: () => queries.invalidateQueries(minutesQuery(gathering.id)),
  });
  const day = dayAt(new Date(gathering.starts_at));
  return (
    <Answer query={perimeter}>
      {(data) => (
        <Ticked
          attempt={attempt}
          onSend={() => attempt.mutate()}
          tick={words.minutesChecked}
          submit={words.publishMinutes}
        >
          <p>{words.publishMinutesHelp(audienceOf(data, gathering.audience, day).length)}</p>
        </Ticked>
      )}
    </Answer>
  );
}
