import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { togetherWords } from '../messages/together';
import { Answer } from '../parts/Answer';
import { Card } from '../parts/Card';
import { Heading } from '../parts/Heading';
import { Rsvp } from '../parts/Rsvp';
import shared from '../parts/Together.module.css';
import { type Challenge, challengesQuery } from '../queries/challenges';
import { comingOf, type Gathering, gatheringsQuery } from '../queries/gatherings';
import { type Me, meQuery } from '../queries/me';
import { type Article, newsQuery } from '../queries/news';
import { type Operation, operationsOf } from '../queries/operations';
import { OF_OPERATIONS, useWords } from '../words/language';
import { ArticleLine } from './ArticleLine';
import { ChallengeLine } from './ChallengeLine';
import { GatheringFacts } from './GatheringFacts';
import styles from './Together.module.css';
import { Votes } from './Votes';

const LATEST = 3;

/** What members do together, each with the one thing to do. */
export function Together() {
  const words = useWords(togetherWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const operations = operationsOf(me);
  return (
    <>
      <Heading>{words.title}</Heading>
      {me.profile && operations.length === 0 && <p>{words.nobody}</p>}
      {operations.length > 0 && <Votes operations={operations} />}
      <div className={styles.halves}>
        <NextGathering me={me} />
        {operations.length > 0 && <Challenges operations={operations} />}
      </div>
      <News />
    </>
  );
}

function NextGathering({ me }: { me: Me }) {
  const words = useWords(togetherWords);
  const query = useQuery(gatheringsQuery);
  return (
    <Card title={words.gathering}>
      <Answer query={query}>{(all) => <Next gathering={nextOf(all)} me={me} />}</Answer>
      <Link className={shared.more} to="/gatherings">
        {words.allGatherings}
      </Link>
    </Card>
  );
}

function Next({ gathering, me }: { gathering: Gathering | undefined; me: Me }) {
  const words = useWords(togetherWords);
  if (!gathering) return <p className={shared.weak}>{words.noGathering}</p>;
  return (
    <>
      <h3 className={shared.title} lang={OF_OPERATIONS}>
        <Link to="/gatherings/$gathering" params={{ gathering: gathering.id }}>
          {gathering.title}
        </Link>
      </h3>
      <GatheringFacts gathering={gathering} />
      {me.member_id && <Rsvp gathering={gathering} memberId={me.member_id} />}
    </>
  );
}

/** One that was called off is in the list of all gatherings. */
function nextOf(gatherings: Gathering[]): Gathering | undefined {
  return comingOf(gatherings).find(({ state }) => state === 'announced');
}

function Challenges({ operations }: { operations: Operation[] }) {
  const words = useWords(togetherWords);
  const query = useQuery(challengesQuery(operations));
  return (
    <Card title={words.challenge}>
      <Answer query={query}>{(all) => <Running challenges={all} />}</Answer>
    </Card>
  );
}

function Running({ challenges }: { challenges: Challenge[] }) {
  const words = useWords(togetherWords);
  const running = challenges.filter(({ state }) => state === 'announced');
  const past = challenges.filter(({ state }) => state === 'frozen');
  return (
    <>
      {running.length === 0 && <p className={shared.weak}>{words.noChallenge}</p>}
      <ul className={shared.list}>
        {running.map((challenge) => (
          <ChallengeLine key={challenge.id} challenge={challenge} />
        ))}
      </ul>
      {past.length > 0 && (
        <details>
          <summary>{words.pastChallenges}</summary>
          <ul className={shared.list}>
            {past.map((challenge) => (
              <ChallengeLine key={challenge.id} challenge={challenge} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function News() {
  const words = useWords(togetherWords);
  const query = useInfiniteQuery({ ...newsQuery, select: ({ pages }) => pages.flat() });
  return (
    <Card title={words.news}>
      <Answer query={query}>{(articles) => <Latest articles={articles} />}</Answer>
    </Card>
  );
}

function Latest({ articles }: { articles: Article[] }) {
  const words = useWords(togetherWords);
  if (articles.length === 0) return <p className={shared.weak}>{words.noNews}</p>;
  return (
    <>
      <ul className={shared.list}>
        {articles.slice(0, LATEST).map((article) => (
          <ArticleLine key={article.id} article={article} />
        ))}
      </ul>
      {articles.length > LATEST && (
        <Link className={shared.more} to="/news">
          {words.allNews}
        </Link>
      )}
    </>
  );
}
