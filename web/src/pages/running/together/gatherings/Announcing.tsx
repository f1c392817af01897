import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import {
  announceGathering,
  announceSeries,
  operationGatheringsQuery,
} from '../../../../queries/gatheringDesk';
import type { Gathering } from '../../../../queries/gatherings';
import { perimeterQuery } from '../../../../queries/perimeters';
import { audienceOf } from '../../../../words/audiences';
import { dayAt, fullDay } from '../../../../words/dates';
import { spanOf } from '../../../../words/instants';
import { useLanguage, useWords } from '../../../../words/language';
import { Ticked } from '../Ticked';

interface AnnouncingProps {
  operation: string;
  gathering: Gathering;
}

/** Who is invited, and by what; then they are told. A series is announced as a whole. */
export function Announcing({ operation, gathering }: AnnouncingProps) {
  const words = useWords(planningWords);
  const language = useLanguage();
  const perimeter = useQuery(perimeterQuery(operation));
  const queries = useQueryClient();
  const { id, series_id, kind, audience, starts_at, ends_at } = gathering;
  const attempt = useMutation({
    mutationFn: async () => {
      await (series_id ? announceSeries(series_id) : announceGathering(id));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['gatherings'] }),
  });
  const day = dayAt(new Date(starts_at));
  return (
    <Card title={words.announce}>
      {Date.parse(ends_at) <= Date.now() ? (
        <p>{words.isPast}</p>
      ) : (
        <Answer query={perimeter}>
          {(data) => (
            <Ticked
              attempt={attempt}
              onSend={() => attempt.mutate()}
              tick={words.checked}
              submit={words.announce}
            >
              <p>{spanOf(starts_at, ends_at, language)}</p>
              {series_id && <OfSeries operation={operation} series={series_id} />}
              <Invited
                count={audienceOf(data, audience, day).length}
                day={fullDay(day, language)}
              />
              <p>{kind === 'assembly' ? words.byAssembly : words.byOther}</p>
              <p>{words.announceStays}</p>
            </Ticked>
          )}
        </Answer>
      )}
    </Card>
  );
}

function Invited({ count, day }: { count: number; day: string }) {
  const words = useWords(planningWords);
  return <p>{count > 0 ? words.announceTo(count, day) : words.announceToEmpty}</p>;
}

function OfSeries({ operation, series }: { operation: string; series: string }) {
  const words = useWords(planningWords);
  const query = useQuery(operationGatheringsQuery(operation));
  return (
    <Answer query={query}>
      {(all) => {
        const drafts = all.filter(
          ({ series_id, state, ends_at }) =>
            series_id === series && state === 'draft' && Date.parse(ends_at) > Date.now(),
        );
        return <p>{words.announceSeries(drafts.length)}</p>;
      }}
    </Answer>
  );
}
