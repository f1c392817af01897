import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { keysWords } from '../../../messages/running/keys';
import { BackToKeys } from '../../../parts/Back';
import facts from '../../../parts/Facts.module.css';
import { Heading } from '../../../parts/Heading';

import { PageAnswer } from '../../../parts/PageAnswer';
import { adoptionsQuery } from '../../../queries/keyLife';
import { type Key, keysQuery } from '../../../queries/keys';
import { pollsQuery, resultQuery } from '../../../queries/polls';
import { capitalized } from '../../../words/capitals';
import { dayAt } from '../../../words/dates';
import { isArriving, lifeOf, momentOfKey } from '../../../words/keySteps';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { NotFound } from '../../Shell';
import { Life } from './Life';
import { Next } from './Next';
import { keyDays, keyName } from './names';
import { OfDraft } from './OfDraft';
import { Rule } from './Rule';

const SOON_MS = 2000;

/** One key: what it says, how far it has come, and what is to be done with it. */
export function OneKey() {
  const { operation, key: id } = useParams({ from: '/inside/o/$operation/keys/$key' });
  const query = useQuery(keysQuery(operation));
  return (
    <>
      <BackToKeys operation={operation} />
      <PageAnswer query={query}>
        {(keys) => {
          const key = keys.find((one) => one.id === id);
          return key ? <OfKey key={id} operation={operation} version={key} /> : <NotFound />;
        }}
      </PageAnswer>
    </>
  );
}

function OfKey({ operation, version }: { operation: string; version: Key }) {
  const words = useWords(keysWords);
  const language = useLanguage();
  const votes = useQuery(pollsQuery([{ id: operation }]));
  const adoptions = useQuery(adoptionsQuery(operation));
  const life = lifeOf(version, votes.data ?? [], adoptions.data ?? []);
  const { poll } = life;
  const result = useQuery({
    ...resultQuery(operation, poll?.id ?? ''),
    enabled: poll?.state === 'closed',
  });
  const isComing = isArriving(version, life, result.data?.adopted === true);
  const isKnown = poll?.state !== 'closed' || result.data !== undefined;
  // What members decided comes from the service of votes within seconds.
  const again = { refetchInterval: isComing ? SOON_MS : (false as const) };
  useQuery({ ...adoptionsQuery(operation), ...again });
  useQuery({ ...keysQuery(operation), ...again });
  return (
    <>
      <Heading {...(version.title ? { lang: OF_OPERATIONS } : {})}>
        {keyName(version, language)}
      </Heading>
      <p className={facts.lead}>
        {words.moments[momentOfKey(version, dayAt(new Date()))]} ·{' '}
        {capitalized(keyDays(version, language))}
      </p>
      <Rule operation={operation} version={version} />
      <Life version={version} poll={poll} isAdopted={result.data?.adopted} />
      {votes.data && adoptions.data && isKnown && (
        <Next operation={operation} version={version} life={life} isArriving={isComing} />
      )}
      <OfDraft operation={operation} version={version} isVoting={poll?.state === 'open'} />
    </>
  );
}
