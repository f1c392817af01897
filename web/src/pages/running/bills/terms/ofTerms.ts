import type { Wanted } from '../../../../words/dated';
import type { Defined } from '../../../../words/priceLists';

/** It is kept here until all is sent. */
export const HERE = { error: null, isPending: false };
/** As long as a name on an invoice may be. */
export const NAME_LENGTH = 60;
/** None of those that there are. */
export const NEW = '';

/** Terms of one kind, as they are to be from the day of the form on. */
export interface OfTerms<Term> {
  operation: string;
  defined: Defined;
  terms: readonly Wanted<Term>[];
  /** In the place of a former one, if there is one. */
  onNote: (term: Wanted<Term>, former: Term | undefined) => void;
  onEnd: (term: Term) => void;
}
