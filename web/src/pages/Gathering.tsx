import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { gatheringWords } from '../messages/gatherings';
import { Answer } from '../parts/Answer';
import { AskOrganiser } from '../parts/AskOrganiser';
import { BackTogether } from '../parts/Back';
import { Card } from '../parts/Card';
import { Heading } from '../parts/Heading';
import { PageAnswer } from '../parts/PageAnswer';
import { Rsvp } from '../parts/Rsvp';
import shared from '../parts/Together.module.css';
import { type Gathering as Data, gatheringQuery, repliesQuery } from '../queries/gatherings';
import { meQuery } from '../queries/me';
import { OF_OPERATIONS, useWords } from '../words/language';
import { GatheringFacts } from './GatheringFacts';
import { GatheringMinutes } from './GatheringMinutes';
import { Materials } from './Materials';

/** A gathering: when and where, whether one comes, what is to be read, and what was decided. */
export function Gathering() {
  const { gathering: id } = useParams({ from: '/inside/gatherings/$gathering' });
  const query = useQuery(gatheringQuery(id));
  return (
    <>
      <BackTogether />
      <PageAnswer query={query}>{(data) => <OfGathering gathering={data} />}</PageAnswer>
    </>
  );
}

function OfGathering({ gathering }: { gathering: Data }) {
  const words = useWords(gatheringWords);
  const { data: me } = useQuery(meQuery);
  const { state, description, agenda, facilitators } = gathering;
  return (
    <>
      <Heading lang={OF_OPERATIONS}>{gathering.title}</Heading>
      {state === 'held' && <p className={shared.state}>{words.held}</p>}
      {state === 'draft' && <p className={shared.state}>{words.draft}</p>}
      <GatheringFacts gathering={gathering} />
      {me?.member_id && <Rsvp gathering={gathering} memberId={me.member_id} />}
      <Seats gathering={gathering} />
      {description && (
        <p className={shared.lines} lang={OF_OPERATIONS}>
          {description}
        </p>
      )}
      {facilitators.length > 0 && (
        <p>{words.ledBy(facilitators.map(({ name }) => name).join(', '))}</p>
      )}
      {agenda.length > 0 && <Agenda agenda={agenda} />}
      <Materials gatheringId={gathering.id} />
      <GatheringMinutes gathering={gathering} />
      {state === 'announced' && <WhoComes gatheringId={gathering.id} />}
      {gathering.operation_id && <AskOrganiser operationId={gathering.operation_id} />}
    </>
  );
}

function Seats({ gathering }: { gathering: Data }) {
  const words = useWords(gatheringWords);
  const { counts, capacity, state } = gathering;
  if (state === 'held' && counts.attended > 0) {
    return <p className={shared.weak}>{words.attended(counts.attended)}</p>;
  }
  if (state !== 'announced') return null;
  return <p className={shared.weak}>{words.seats(counts.seated, capacity)}</p>;
}

function Agenda({ agenda }: { agenda: Data['agenda'] }) {
  const words = useWords(gatheringWords);
  return (
    <Card title={words.agenda}>
      <ol>
        {agenda.map(({ title, minutes, speaker }) => (
          <li key={title}>
            <span lang={OF_OPERATIONS}>{title}</span>
            <span className={shared.weak}>
              {minutes ? ` · ${words.minutesLong(minutes)}` : ''}
              {speaker ? ` · ${speaker}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function WhoComes({ gatheringId }: { gatheringId: string }) {
  const words = useWords(gatheringWords);
  const query = useQuery(repliesQuery(gatheringId));
  return (
    <Card title={words.whoComes}>
      <Answer query={query}>
        {(replies) => (
          <>
            {replies.length === 0 && <p className={shared.weak}>{words.nobodyShown}</p>}
            <ul>
              {replies.map(({ member_id, name, answer, guests }) => (
                <li key={member_id}>
                  {name} · {words.answers[answer]}
                  {guests > 0 && `, ${words.withGuests(guests)}`}
                </li>
              ))}
            </ul>
          </>
        )}
      </Answer>
    </Card>
  );
}
