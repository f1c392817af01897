import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keyPreviewWords } from '../../messages/keyPreviews';
import { Answer } from '../../parts/Answer';
import shared from '../../parts/Together.module.css';
import { type LocalWorth, localWorthQuery, missingOf } from '../../queries/bills';
import { meQuery, numberOfPoint } from '../../queries/me';
import { useLanguage, useWords } from '../../words/language';
import { savingOf, savingSentence, worthSentence } from '../../words/worth';

interface KeyPreviewEurosProps {
  prm: string;
  /** Of local energy that the draft gives more; negative: less. */
  differenceWmin: number;
}

/** What the difference would be in euros, at the prices of today. */
export function KeyPreviewEuros({ prm, differenceWmin }: KeyPreviewEurosProps) {
  const words = useWords(keyPreviewWords);
  const query = useQuery(localWorthQuery(prm));
  const [missing] = query.data ? [] : missingOf(query.error);
  if (missing) {
    const reason = words.noPrice[missing] ?? words.otherNoPrice;
    return <p className={shared.weak}>{`${words.noEurosBecause} ${reason}`}</p>;
  }
  return (
    <Answer query={query}>
      {(worth) => <Euros worth={worth} differenceWmin={differenceWmin} />}
    </Answer>
  );
}

function Euros({ worth, differenceWmin }: { worth: LocalWorth; differenceWmin: number }) {
  const words = useWords(keyPreviewWords);
  const language = useLanguage();
  const { data: me } = useQuery(meQuery);
  const { least, most, reference_offer: offer } = worth;
  const point = me ? numberOfPoint(me, worth.prm) : undefined;
  const sentences = [...new Set([least, most].map((hours) => worthSentence(hours, language)))];
  const name = offer && (language === 'fr' ? offer.name_fr : offer.name_en);
  return (
    <>
      <p>
        <strong>{savingSentence(savingOf(differenceWmin, worth), language)}</strong>{' '}
        {words.atPrices}
      </p>
      <details>
        <summary>{words.howEuros}</summary>
        <p>{words.whyEuros}</p>
        {sentences.length > 1 && <p>{words.whyRange}</p>}
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {name && <p>{words.assumed(`${name}, ${offer.subscribed_kva} kVA`)}</p>}
        {!worth.is_accise_known && <p>{words.acciseUnknown}</p>}
        <Link to="/bills" search={{ point: point ?? 1 }}>
          {words.toOffer}
        </Link>
      </details>
    </>
  );
}
