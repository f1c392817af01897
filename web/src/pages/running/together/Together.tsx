import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { runTogetherWords } from '../../../messages/running/together';
import { Answer } from '../../../parts/Answer';
import { BackToOperation } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import shared from '../../../parts/Together.module.css';
import { challengesQuery } from '../../../queries/challenges';
import { operationGatheringsQuery } from '../../../queries/gatheringDesk';
import { type Gathering, type Minutes, minutesQuery } from '../../../queries/gatherings';
import { operationNewsQuery } from '../../../queries/newsDesk';
import { perimeterQuery } from '../../../queries/perimeters';
import { pollsQuery } from '../../../queries/polls';
import { useWords } from '../../../words/language';
import { awaitsMinutes, tasksIn } from '../../../words/togetherTasks';
import { Challenges, Gatherings, News, Votes } from './Kinds';
import { ToDo } from './ToDo';

/** What is planned, goes on and waits to be told, of all that an operation does together. */
export function Together() {
  const { operation } = useParams({ from: '/inside/o/$operation/together' });
  const words = useWords(runTogetherWords);
  const query = useQuery(perimeterQuery(operation));
  return (
    <PageAnswer query={query}>
      {({ id, name }) => (
        <>
          <BackToOperation id={id} name={name} />
          <Heading>{words.title}</Heading>
          <Asked operation={operation} />
          <Card title={words.documents}>
            <p className={shared.weak}>{words.documentsHelp}</p>
            <Link
              className={shared.more}
              to="/o/$operation/people/documents"
              params={{ operation }}
            >
              {words.allDocuments}
            </Link>
          </Card>
        </>
      )}
    </PageAnswer>
  );
}

function Asked({ operation }: { operation: string }) {
  const gatherings = useQuery(operationGatheringsQuery(operation));
  const polls = useQuery(pollsQuery([{ id: operation }]));
  const challenges = useQuery(challengesQuery([{ id: operation }]));
  const news = useInfiniteQuery({
    ...operationNewsQuery(operation),
    select: ({ pages }) => pages.flat(),
  });
  const minutes = useMinutes(gatherings.data ?? []);
  const tasks = tasksIn({
    gatherings: gatherings.data ?? [],
    minutes,
    polls: polls.data ?? [],
    articles: news.data ?? [],
    challenges: challenges.data ?? [],
  });
  const isAll = [gatherings, polls, challenges, news].every(({ data }) => data !== undefined);
  return (
    <>
      <ToDo operation={operation} tasks={tasks} isAll={isAll} />
      <Answer query={gatherings}>
        {(all) => <Gatherings operation={operation} gatherings={all} />}
      </Answer>
      <Answer query={polls}>{(all) => <Votes operation={operation} polls={all} />}</Answer>
      <Answer query={news}>{(all) => <News operation={operation} articles={all} />}</Answer>
      <Answer query={challenges}>
        {(all) => <Challenges operation={operation} challenges={all} />}
      </Answer>
    </>
  );
}

/** By gathering, of those that are over for a short time; those that have come. */
function useMinutes(gatherings: readonly Gathering[]): Map<string, Minutes[]> {
  const over = gatherings.filter((gathering) => awaitsMinutes(gathering));
  const queries = useQueries({ queries: over.map(({ id }) => minutesQuery(id)) });
  const come = over.flatMap(({ id }, place) => {
    const versions = queries[place]?.data;
    return versions ? [[id, versions] as const] : [];
  });
  return new Map(come);
}
