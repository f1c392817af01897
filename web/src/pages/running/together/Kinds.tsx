import { Link } from '@tanstack/react-router';
import { runTogetherWords } from '../../../messages/running/together';
import shared from '../../../parts/Together.module.css';
import type { Challenge } from '../../../queries/challenges';
import { comingOf, type Gathering } from '../../../queries/gatherings';
import type { Article } from '../../../queries/news';
import type { Poll } from '../../../queries/polls';
import { useLanguage, useWords } from '../../../words/language';
import { Listed } from './Listed';
import { articleLine, challengeLine, gatheringLine, pollLine } from './lines';

const LATEST = 5;

interface OfOperation {
  operation: string;
}

export function Gatherings({
  operation,
  gatherings,
}: OfOperation & { gatherings: readonly Gathering[] }) {
  const words = useWords(runTogetherWords);
  const language = useLanguage();
  const drafts = gatherings.filter(({ state }) => state === 'draft');
  const first = [...drafts, ...comingOf(gatherings)];
  const rest = gatherings.filter((gathering) => !first.includes(gathering));
  return (
    <Listed
      title={words.gatherings}
      none={words.noGatherings}
      lines={first.map((gathering) => gatheringLine(gathering, operation, language))}
      past={{
        label: words.pastGatherings,
        lines: rest.map((gathering) => gatheringLine(gathering, operation, language)),
      }}
      more={{
        label: words.newGathering,
        place: { to: '/o/$operation/together/gatherings/new', params: { operation } },
      }}
    />
  );
}

export function Votes({ operation, polls }: OfOperation & { polls: readonly Poll[] }) {
  const words = useWords(runTogetherWords);
  const language = useLanguage();
  const isOver = ({ state }: Poll) => state === 'closed' || state === 'cancelled';
  return (
    <Listed
      title={words.votes}
      none={words.noVotes}
      lines={polls.filter((poll) => !isOver(poll)).map((poll) => pollLine(poll, language))}
      past={{
        label: words.pastVotes,
        lines: polls.filter(isOver).map((poll) => pollLine(poll, language)),
      }}
      more={{
        label: words.newPoll,
        place: { to: '/o/$operation/together/polls/new', params: { operation } },
      }}
    />
  );
}

export function News({ operation, articles }: OfOperation & { articles: readonly Article[] }) {
  const words = useWords(runTogetherWords);
  const language = useLanguage();
  const isDraft = ({ state }: Article) => state === 'draft';
  const latest = articles.filter(({ state }) => state === 'published').slice(0, LATEST);
  return (
    <Listed
      title={words.news}
      none={words.noNews}
      lines={[...articles.filter(isDraft), ...latest].map((article) =>
        articleLine(article, operation, language),
      )}
      more={{
        label: words.newArticle,
        place: { to: '/o/$operation/together/news/new', params: { operation } },
      }}
    >
      <Link className={shared.more} to="/o/$operation/together/news" params={{ operation }}>
        {words.allNews}
      </Link>
    </Listed>
  );
}

export function Challenges({
  operation,
  challenges,
}: OfOperation & { challenges: readonly Challenge[] }) {
  const words = useWords(runTogetherWords);
  const language = useLanguage();
  const isOver = ({ state }: Challenge) => state === 'frozen' || state === 'cancelled';
  return (
    <Listed
      title={words.challenges}
      none={words.noChallenges}
      lines={challenges
        .filter((challenge) => !isOver(challenge))
        .map((challenge) => challengeLine(challenge, language))}
      past={{
        label: words.pastChallenges,
        lines: challenges.filter(isOver).map((challenge) => challengeLine(challenge, language)),
      }}
      more={{
        label: words.newChallenge,
        place: { to: '/o/$operation/together/challenges/new', params: { operation } },
      }}
    />
  );
}
