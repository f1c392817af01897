import { carbonWords } from '../messages/carbon';
import { Why } from '../parts/Why';
import type { PointMonth } from '../queries/months';
import {
  type Carbon as CarbonFigure,
  carbonSentence,
  gridGrams,
  plantGrams,
} from '../words/carbon';
import { useLanguage, useWords } from '../words/language';
import { kwh } from '../words/numbers';
import styles from './Month.module.css';

/** What the local energy of a month means in CO₂, with the method beside it; or that it is not known. */
export function Carbon({ totals }: { totals: PointMonth['totals'] }) {
  const words = useWords(carbonWords);
  const language = useLanguage();
  const { carbon, carbon_unknown: reason } = totals;
  if (carbon)
    return (
      <>
        <p className={styles.weak}>{carbonSentence(carbon, words, language)}</p>
        <HowMade carbon={carbon} local={kwh(totals.shared_wmin, language)} />
      </>
    );
  if (reason === null || reason === 'nothing_local') return null;
  return (
    <>
      <p className={styles.weak}>{words.unknown}</p>
      <Why title={words.whyNotKnown}>
        <p>{words.whyUnknown[reason]}</p>
      </Why>
    </>
  );
}

function HowMade({ carbon, local }: { carbon: CarbonFigure; local: string }) {
  const words = useWords(carbonWords);
  const language = useLanguage();
  const { verified_by: verifiedBy, sources } = carbon;
  return (
    <Why title={words.howMade}>
      <p>
        {words.compared(local, plantGrams(carbon, words, language), gridGrams(carbon, language))}
      </p>
      <p>{words.lifeCycle}</p>
      <p>{words.alreadyLow}</p>
      <p>{words.averages}</p>
      <p>
        <strong>{verifiedBy === null ? words.unverified : words.verified(verifiedBy)}</strong>{' '}
        {words.sources}
      </p>
      <ul>
        {sources.map((source) => (
          <li key={source} lang="fr">
            {source}
          </li>
        ))}
      </ul>
    </Why>
  );
}
