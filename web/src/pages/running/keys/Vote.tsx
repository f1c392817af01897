import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { keyVoteWords } from '../../../messages/running/keyVote';
import { Answer } from '../../../parts/Answer';
import { BackToKeys } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { type Key, keysQuery } from '../../../queries/keys';
import { perimeterQuery } from '../../../queries/perimeters';
import { pollsQuery } from '../../../queries/polls';
import { lifeOf } from '../../../words/keySteps';
import { useLanguage, useWords } from '../../../words/language';
import { NotFound } from '../../Shell';
import { keyName } from './names';
import { VoteForm } from './VoteForm';

/** A vote of the members on a draft: what is asked, who may vote, until when. */
export function Vote() {
  const { operation, key: id } = useParams({ from: '/inside/o/$operation/keys/$key/vote' });
  const words = useWords(keyVoteWords);
  const query = useQuery(keysQuery(operation));
  return (
    <>
      <BackToKeys operation={operation} />
      <Answer query={query}>
        {(keys) => {
          const key = keys.find((one) => one.id === id);
          if (!key) return <NotFound />;
          return (
            <>
              <Heading>{words.title}</Heading>
              <OfKey operation={operation} version={key} />
            </>
          );
        }}
      </Answer>
    </>
  );
}

function OfKey({ operation, version }: { operation: string; version: Key }) {
  const words = useWords(keyVoteWords);
  const name = keyName(version, useLanguage());
  const perimeter = useQuery(perimeterQuery(operation));
  const polls = useQuery(pollsQuery([{ id: operation }]));
  return (
    <>
      <p>
        {words.onKey(name)}{' '}
        <Link to="/o/$operation/keys/$key" params={{ operation, key: version.id }}>
          {words.toKey}
        </Link>
      </p>
      <Answer query={polls}>
        {(all) => {
          const { poll } = lifeOf(version, all, []);
          if (poll && poll.state !== 'closed') {
            return (
              <p>
                {words.running}{' '}
                <Link to="/polls/$operation/$poll" params={{ operation, poll: poll.id }}>
                  {words.toPoll}
                </Link>
              </p>
            );
          }
          if (version.state !== 'draft') return <p>{words.notNow}</p>;
          return (
            <Answer query={perimeter}>
              {(known) => (
                <VoteForm operation={operation} version={version} name={name} perimeter={known} />
              )}
            </Answer>
          );
        }}
      </Answer>
    </>
  );
}
