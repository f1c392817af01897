import { useState } from 'react';
import {
  type Dated,
  type Edits,
  edited,
  isInForce,
  type Kind,
  type Wanted,
  withEnded,
  withNoted,
} from '../../../../words/dated';
import type { OfTerms } from './ofTerms';

interface OfEdits<Term> {
  /** As they are to be from the day on. */
  wanted: readonly Wanted<Term>[];
  edits: Pick<OfTerms<Term>, 'terms' | 'onNote' | 'onEnd'>;
}

/** Terms of a day, with what is noted of them and not sent; `touch` hears of each change. */
export function useTerms<Term>(
  kind: Kind<Term>,
  all: readonly (Term & Dated)[],
  day: string,
  touch: () => void,
): OfEdits<Term> {
  const [edits, setEdits] = useState<Edits<Term>>({ noted: [], ended: [] });
  const wanted = edited(
    kind,
    all.filter((term) => isInForce(term, day)),
    edits,
  );
  return {
    wanted,
    edits: {
      terms: wanted,
      onNote: (term, former) => {
        touch();
        setEdits(withNoted(kind, edits, term, former));
      },
      onEnd: (term) => {
        touch();
        setEdits(withEnded(kind, edits, term));
      },
    },
  };
}
