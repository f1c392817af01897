import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { gatheringWords } from '../messages/gatherings';
import { Answer } from '../parts/Answer';
import { Card } from '../parts/Card';
import shared from '../parts/Together.module.css';
import { type Gathering, type Minutes, minutesQuery } from '../queries/gatherings';
import { momentOf } from '../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../words/language';

/** The minutes that count, which are the last ones, and the ones before. */
export function GatheringMinutes({ gathering }: { gathering: Gathering }) {
  const words = useWords(gatheringWords);
  const query = useQuery(minutesQuery(gathering.id));
  if (query.data?.length === 0) return null;
  return (
    <Card title={words.minutes}>
      <Answer query={query}>
        {(versions) => (
          <>
            {versions.slice(-1).map((minutes) => (
              <Version key={minutes.version} minutes={minutes} gathering={gathering} />
            ))}
            {versions.length > 1 && (
              <details>
                <summary>{words.olderMinutes}</summary>
                {versions.slice(0, -1).map((minutes) => (
                  <Version key={minutes.version} minutes={minutes} gathering={gathering} />
                ))}
              </details>
            )}
          </>
        )}
      </Answer>
    </Card>
  );
}

function Version({ minutes, gathering }: { minutes: Minutes; gathering: Gathering }) {
  const words = useWords(gatheringWords);
  const language = useLanguage();
  const { published_at, content, decisions } = minutes;
  const operation = gathering.operation_id;
  return (
    <>
      <p className={shared.weak}>
        {published_at ? words.published(momentOf(published_at, language)) : words.minutesDraft}
      </p>
      <p className={shared.lines} lang={OF_OPERATIONS}>
        {content}
      </p>
      {decisions.length > 0 && <h3 className={shared.part}>{words.decisions}</h3>}
      <ol>
        {decisions.map(({ number, text, poll_id }) => (
          <li key={number} className={shared.lines}>
            <span lang={OF_OPERATIONS}>{text}</span>
            {poll_id && operation && (
              <>
                {' · '}
                <Link to="/polls/$operation/$poll" params={{ operation, poll: poll_id }}>
                  {words.itsVote}
                </Link>
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
