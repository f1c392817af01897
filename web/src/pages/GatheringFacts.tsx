import { gatheringWords } from '../messages/gatherings';
import { Icon } from '../parts/Icon';
import shared from '../parts/Together.module.css';
import type { Gathering } from '../queries/gatherings';
import { isWebAddress } from '../words/addresses';
import { spanOf } from '../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../words/language';

/** What it is, when and where. */
export function GatheringFacts({ gathering }: { gathering: Gathering }) {
  const words = useWords(gatheringWords);
  const language = useLanguage();
  const { kind, place, url, starts_at, ends_at, state, cancelled_reason } = gathering;
  return (
    <>
      {state === 'cancelled' && (
        <p className={`${shared.state} ${shared.alert}`}>
          <Icon name="alert" />
          {words.cancelled(cancelled_reason ?? '')}
        </p>
      )}
      <p className={shared.lead}>{spanOf(starts_at, ends_at, language)}</p>
      <p className={`${shared.weak} ${shared.lines}`}>
        {words.kinds[kind]}
        {place && (
          <>
            {' · '}
            <span lang={OF_OPERATIONS}>{place}</span>
          </>
        )}
      </p>
      {url && isWebAddress(url) && state === 'announced' && (
        <p className={shared.plain}>
          <a href={url} rel="noreferrer">
            {words.videoCall}
          </a>
        </p>
      )}
    </>
  );
}
