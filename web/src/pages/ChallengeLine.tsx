import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { challengeWords } from '../messages/challenges';
import { togetherWords } from '../messages/together';
import go from '../parts/Go.module.css';
import { Icon } from '../parts/Icon';
import shared from '../parts/Together.module.css';
import { type Challenge, isOver, standingQuery } from '../queries/challenges';
import { longDay } from '../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../words/language';

/** A challenge in a list: when, and to take part or how one does. */
export function ChallengeLine({ challenge }: { challenge: Challenge }) {
  const words = useWords(togetherWords);
  const inChallenge = useWords(challengeWords);
  const language = useLanguage();
  const { first_day, last_day } = challenge;
  const { data } = useQuery(standingQuery(challenge.operation_id, challenge.id));
  const takesPart = (data?.own.length ?? 0) > 0;
  const params = { operation: challenge.operation_id, challenge: challenge.id };
  const mayJoin = data && !takesPart && challenge.state === 'announced' && !isOver(challenge);
  return (
    <li className={shared.line}>
      <div>
        <h3 className={shared.title} lang={OF_OPERATIONS}>
          <Link to="/challenges/$operation/$challenge" params={params}>
            {challenge.title}
          </Link>
        </h3>
        <p className={shared.weak}>
          {inChallenge.period(longDay(first_day, language), longDay(last_day, language))}
        </p>
        {takesPart && (
          <p className={shared.state}>
            <Icon name="done" />
            {words.takesPart}
          </p>
        )}
      </div>
      {mayJoin && (
        <Link
          className={go.go}
          to="/challenges/$operation/$challenge"
          params={params}
          aria-label={words.joinIn(challenge.title)}
        >
          {words.join}
        </Link>
      )}
    </li>
  );
}
