import { pricesWords } from '../../../../messages/running/prices';
import type { Change, Wanted } from '../../../../words/dated';
import { useWords } from '../../../../words/language';
import { DISCOUNTS, type Discount, FEES, type Fee } from '../../../../words/priceTerms';
import { useTermTexts } from './texts';

interface TermsChangedProps {
  operation: string;
  fees: readonly Change<Wanted<Fee>>[];
  discounts: readonly Change<Wanted<Discount>>[];
}

/** What is another of fees and discounts, before and after. */
export function TermsChanged({ operation, fees, discounts }: TermsChangedProps) {
  const words = useWords(pricesWords);
  const texts = useTermTexts(operation);
  return (
    <>
      <h4>{words.termsChanged}</h4>
      <ul>
        {fees.map((change) => (
          <li key={FEES.keyOf(change.key)}>{textOf(change, texts.fee)}</li>
        ))}
        {discounts.map((change) => (
          <li key={DISCOUNTS.keyOf(change.key)}>{textOf(change, texts.discount)}</li>
        ))}
      </ul>
    </>
  );

  function textOf<Term>({ before, after }: Change<Term>, nameOf: (term: Term) => string): string {
    if (!before) return words.begins(after ? nameOf(after) : '');
    return after ? words.becomes(nameOf(before), nameOf(after)) : words.ends(nameOf(before));
  }
}
