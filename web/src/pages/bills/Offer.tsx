import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { offerWords } from '../../messages/offer';
import { Answer } from '../../parts/Answer';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import {
  chooseReference,
  offersQuery,
  offersSaved,
  type ReferenceOffer,
} from '../../queries/bills';
import { useWords } from '../../words/language';
import { OfferForm } from './OfferForm';

interface OfferProps {
  prm: string;
  month: string;
  /** What is compared with as long as the member has told nothing. */
  assumed: ReferenceOffer | undefined;
  /** Nothing can be compared without it. */
  isWanted: boolean;
}

/** What the member pays the supplier: to be told, confirmed, changed or forgotten. */
export function Offer({ prm, month, assumed, isWanted }: OfferProps) {
  const words = useWords(offerWords);
  const query = useQuery(offersQuery(prm));
  const [said, say] = useState<'saved' | 'forgotten' | null>(null);
  const firstDay = `${month}-01`;
  return (
    <>
      {/* Beside the form, which begins anew with what is saved. */}
      <p role="status">{said && words[said]}</p>
      <Answer query={query}>
        {({ offers }) => {
          const offer = offers.findLast(({ valid_from }) => valid_from <= firstDay);
          const form = (
            <OfferForm
              key={offer?.recorded_at ?? ''}
              prm={prm}
              offer={offer}
              firstDay={offer?.valid_from ?? firstDay}
              onSaved={() => say('saved')}
              onForgotten={() => say('forgotten')}
            />
          );
          if (isWanted) {
            return (
              <section>
                <h2>{words.title}</h2>
                {form}
              </section>
            );
          }
          return (
            <>
              {assumed && (
                <IsMine
                  prm={prm}
                  reference={assumed.code}
                  firstDay={firstDay}
                  onSaved={() => say('saved')}
                />
              )}
              <details>
                <summary>{offer ? words.change : words.tell}</summary>
                {form}
              </details>
            </>
          );
        }}
      </Answer>
    </>
  );
}

interface IsMineProps {
  prm: string;
  reference: string;
  firstDay: string;
  onSaved: () => void;
}

function IsMine({ prm, reference, firstDay, onSaved }: IsMineProps) {
  const words = useWords(offerWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => chooseReference(prm, reference, firstDay),
    onSuccess: (offers) => {
      onSaved();
      return offersSaved(queries, prm, offers);
    },
  });
  return (
    <>
      <QuietButton onPress={() => attempt.mutate()}>{words.isMine}</QuietButton>
      <Refusal error={attempt.error} />
    </>
  );
}
