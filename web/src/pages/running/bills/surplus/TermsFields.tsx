import { useState } from 'react';
import { surplusWords } from '../../../../messages/running/surplus';
import { Field } from '../../../../parts/Field';
import { TickField } from '../../../../parts/TickField';
import type { SurplusContract, SurplusKind } from '../../../../queries/surplus';
import { asTyped, CENTS_FORM, COEFFICIENT_FORM } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';

interface TermsProps {
  /** Of the same kind, whose terms it begins with. */
  former: SurplusContract | undefined;
}

/** Who buys, and for how much. */
export function Paid({ kind, former }: TermsProps & { kind: SurplusKind }) {
  const words = useWords(surplusWords);
  const language = useLanguage();
  const isFeedIn = kind === 'feed_in';
  return (
    <>
      <Field
        name="buyer"
        type="text"
        maxLength={200}
        label={words.buyer}
        defaultValue={former?.buyer ?? (isFeedIn ? words.usualBuyer : '')}
        isOptional={kind === 'free'}
      />
      <Field
        name="number"
        type="text"
        maxLength={200}
        label={words.number}
        defaultValue={former?.number ?? ''}
        isOptional={!isFeedIn}
      />
      {kind !== 'free' && (
        <Field
          name="price"
          type="text"
          inputMode="decimal"
          pattern={CENTS_FORM}
          label={words.priceOf}
          help={isFeedIn ? words.priceHelp : words.priceByMonthHelp}
          defaultValue={asTyped(former?.price_cents_per_kwh, language)}
          isOptional={!isFeedIn}
        />
      )}
    </>
  );
}

/** What only a feed-in contract has: the index of the year, and a cap. */
export function FeedInTerms({ former }: TermsProps) {
  const words = useWords(surplusWords);
  const language = useLanguage();
  const cap = former?.yearly_cap;
  const [hasCap, setHasCap] = useState(!!cap);
  return (
    <>
      <Field
        name="coefficient"
        type="text"
        inputMode="decimal"
        pattern={COEFFICIENT_FORM}
        label={words.coefficient}
        help={words.coefficientHelp}
        defaultValue={asTyped(former?.coefficient, language)}
        isOptional
      />
      <TickField name="has_cap" label={words.hasCap} isTicked={hasCap} onChange={setHasCap} />
      {hasCap && (
        <>
          <Field
            name="cap_kwh"
            type="text"
            inputMode="numeric"
            pattern="\s*[1-9][\d\s]{0,10}"
            label={words.capKwh}
            defaultValue={cap ? String(cap.energy_kwh) : ''}
          />
          <Field
            name="beyond"
            type="text"
            inputMode="decimal"
            pattern={CENTS_FORM}
            label={words.beyond}
            defaultValue={asTyped(cap?.beyond_cents_per_kwh, language)}
          />
          <Field
            name="since"
            type="date"
            label={words.since}
            help={words.sinceHelp}
            defaultValue={cap?.since ?? ''}
          />
        </>
      )}
    </>
  );
}
