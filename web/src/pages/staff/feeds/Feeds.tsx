import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { feedWords } from '../../../messages/staff/feeds';
import { Answer } from '../../../parts/Answer';
import { BackToDeliveries } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import { type FeedSecret, feedsQuery } from '../../../queries/feeds';
import { useWords } from '../../../words/language';
import { MakingFeed } from './MakingFeed';
import { NewSecret } from './NewSecret';
import { OneFeed } from './OneFeed';

/** Programs that send files by themselves, and the secrets that they log in with. */
export function Feeds() {
  const words = useWords(feedWords);
  const query = useQuery(feedsQuery);
  const [secret, setSecret] = useState<FeedSecret | null>(null);
  const [revoked, setRevoked] = useState('');
  return (
    <>
      <BackToDeliveries />
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      {secret && <NewSecret secret={secret} onKept={() => setSecret(null)} />}
      <Said>{revoked && words.revoked(revoked)}</Said>
      <Answer query={query}>
        {(feeds) =>
          feeds.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            feeds.map((feed) => (
              <OneFeed
                key={feed.id}
                feed={feed}
                onSecret={setSecret}
                onRevoked={() => setRevoked(feed.name)}
              />
            ))
          )
        }
      </Answer>
      {/* Anew once it is made: the next one has another name. */}
      <MakingFeed key={secret?.id ?? 'next'} onSecret={setSecret} />
    </>
  );
}
