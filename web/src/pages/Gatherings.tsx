import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { gatheringWords } from '../messages/gatherings';
import { Answer } from '../parts/Answer';
import { Card } from '../parts/Card';
import { Heading } from '../parts/Heading';
import { Rsvp } from '../parts/Rsvp';
import shared from '../parts/Together.module.css';
import { comingOf, type Gathering, gatheringsQuery } from '../queries/gatherings';
import { meQuery } from '../queries/me';
import { dayOf } from '../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../words/language';
import { CalendarFeeds } from './CalendarFeeds';
import { GatheringFacts } from './GatheringFacts';

/** All gatherings: those to come with the reply in place, and those that are over. */
export function Gatherings() {
  const words = useWords(gatheringWords);
  const query = useQuery(gatheringsQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      <Answer query={query}>{(all) => <Lists gatherings={all} />}</Answer>
      <CalendarFeeds />
    </>
  );
}

function Lists({ gatherings }: { gatherings: Gathering[] }) {
  const words = useWords(gatheringWords);
  const { data: me } = useQuery(meQuery);
  const coming = comingOf(gatherings);
  const past = gatherings.filter((one) => !coming.includes(one));
  return (
    <>
      <h2>{words.coming}</h2>
      {coming.length === 0 && <p className={shared.weak}>{words.noneComing}</p>}
      {coming.map((gathering) => (
        <Card key={gathering.id} title={gathering.title} level={3} lang={OF_OPERATIONS}>
          <GatheringFacts gathering={gathering} />
          {me?.member_id && <Rsvp gathering={gathering} memberId={me.member_id} />}
          <Link
            className={shared.more}
            to="/gatherings/$gathering"
            params={{ gathering: gathering.id }}
            aria-label={words.moreAbout(gathering.title)}
          >
            {words.more}
          </Link>
        </Card>
      ))}
      {past.length > 0 && (
        <>
          <h2>{words.past}</h2>
          <Past gatherings={past} />
        </>
      )}
    </>
  );
}

function Past({ gatherings }: { gatherings: Gathering[] }) {
  const words = useWords(gatheringWords);
  const language = useLanguage();
  return (
    <ul className={shared.list}>
      {gatherings.map(({ id, title, kind, starts_at, state }) => (
        <li key={id}>
          <h3 className={shared.title} lang={OF_OPERATIONS}>
            <Link to="/gatherings/$gathering" params={{ gathering: id }}>
              {title}
            </Link>
          </h3>
          <p className={shared.weak}>
            {words.kinds[kind]} · {dayOf(starts_at, language)}
            {state === 'cancelled' && ` · ${words.wasCancelled}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
