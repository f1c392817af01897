import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { dsoFileWords } from '../../../messages/staff/dsoFiles';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import shared from '../../../parts/Together.module.css';
import { pullsQuery } from '../../../queries/dsoFiles';
import { useWords } from '../../../words/language';
import { PULL_STATES } from '../../../words/staffSearches';
import { Filters } from '../Filters';
import { PullLine } from './PullLine';

/** What the platform asked of the grid operator by itself, and what came of it. */
export function Pulls() {
  const words = useWords(dsoFileWords);
  const { pulls: chosen } = useSearch({ from: '/inside/staff/missing' });
  const query = useQuery(pullsQuery(chosen));
  return (
    <Card title={words.pulls}>
      <p className={shared.weak}>{words.pullsHelp}</p>
      <Filters label={words.which}>
        {[undefined, ...PULL_STATES].map((state) => [
          state ?? 'all',
          <Link
            key={state ?? 'all'}
            to="/staff/missing"
            search={state ? { pulls: state } : {}}
            resetScroll={false}
            aria-current={state === chosen ? 'true' : undefined}
          >
            {state ? words.states[state] : words.all}
          </Link>,
        ])}
      </Filters>
      <Answer query={query}>
        {(pulls) =>
          pulls.length === 0 ? (
            <p>{words.noPull}</p>
          ) : (
            <>
              <p className={shared.weak}>{words.newest(pulls.length)}</p>
              <ul className={shared.list}>
                {pulls.map((pull) => (
                  <li key={pull.id}>
                    <PullLine pull={pull} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Answer>
    </Card>
  );
}
