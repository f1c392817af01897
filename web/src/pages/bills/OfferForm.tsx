import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { offerWords } from '../../messages/offer';
import { ChoiceField } from '../../parts/ChoiceField';
import facts from '../../parts/Facts.module.css';
import { Field } from '../../parts/Field';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { SelectField } from '../../parts/SelectField';
import { SendForm } from '../../parts/SendForm';
import { TickField } from '../../parts/TickField';
import {
  forgetOffers,
  offersQuery,
  offersSaved,
  type SupplierOffer,
  type SupplierOfferIn,
  saveOffer,
} from '../../queries/bills';
import { useWords } from '../../words/language';
import {
  type Formula,
  needsHours,
  offerOf,
  type Scheme,
  schemeOf,
  USUAL_FORMULA,
} from '../../words/offers';
import { Energies, OffPeak, Subscription } from './OfferFields';

interface OfferFormProps {
  prm: string;
  /** What holds so far, to be changed. */
  offer: SupplierOffer | undefined;
  /** The first day of the month that is looked at. */
  firstDay: string;
  onSaved: () => void;
  onForgotten: () => void;
}

/** What the supplier bills, as a bill prints it; only the member sees it. */
export function OfferForm({ prm, offer, firstDay, onSaved, onForgotten }: OfferFormProps) {
  const words = useWords(offerWords);
  const queries = useQueryClient();
  const [scheme, setScheme] = useState<Scheme>(schemeOf(offer));
  const [formula, setFormula] = useState<Formula>(offer?.tariff_formula ?? 'BTINFCUST');
  const attempt = useMutation({
    mutationFn: (body: SupplierOfferIn) => saveOffer(prm, body),
    onSuccess: (offers) => {
      onSaved();
      return offersSaved(queries, prm, offers);
    },
  });
  return (
    <>
      <p>{words.help}</p>
      <SendForm
        attempt={attempt}
        submit={words.save}
        onSend={(form) => attempt.mutate(offerOf(form, scheme))}
      >
        <ChoiceField
          name="scheme"
          label={words.prices}
          choices={words.schemes}
          chosen={scheme}
          onChange={(chosen) => {
            setScheme(chosen);
            setFormula(USUAL_FORMULA[chosen]);
          }}
        />
        <Energies key={scheme} scheme={scheme} offer={offer} />
        <Subscription offer={offer} />
        {scheme !== 'base' && <OffPeak offer={offer} isSplit />}
        {/* What is wrong in there is to be seen. */}
        <details onInvalidCapture={({ currentTarget }) => currentTarget.setAttribute('open', '')}>
          <summary>{words.more}</summary>
          <Field name="valid_from" type="date" label={words.validFrom} defaultValue={firstDay} />
          <SelectField
            name="tariff_formula"
            label={words.formula}
            help={words.formulaHelp}
            options={Object.entries(words.formulas) as [Formula, string][]}
            value={formula}
            onChange={setFormula}
          />
          {scheme === 'base' && needsHours(scheme, formula) && (
            <OffPeak offer={offer} isSplit={false} />
          )}
          <TickField
            name="includes_turpe"
            label={words.includesTurpe}
            isTicked={offer?.includes_turpe ?? true}
          />
          <TickField
            name="includes_cta"
            label={words.includesCta}
            isTicked={offer?.includes_cta ?? false}
          />
        </details>
      </SendForm>
      <p className={facts.weak}>{words.private}</p>
      {offer && <Forget prm={prm} onForgotten={onForgotten} />}
    </>
  );
}

/** All offers of a point, after one more question. */
function Forget({ prm, onForgotten }: Pick<OfferFormProps, 'prm' | 'onForgotten'>) {
  const words = useWords(offerWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => forgetOffers(prm),
    onSuccess: async () => {
      onForgotten();
      await queries.invalidateQueries({ queryKey: offersQuery(prm).queryKey });
      await queries.resetQueries({ queryKey: ['bills', prm] });
    },
  });
  return (
    <details>
      <summary>{words.forget}</summary>
      <p>{words.forgetAll}</p>
      <QuietButton onPress={() => attempt.mutate()}>{words.forgetNow}</QuietButton>
      <Refusal error={attempt.error} />
    </details>
  );
}
