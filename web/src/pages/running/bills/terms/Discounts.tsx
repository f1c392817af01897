import { useState } from 'react';
import { pricesWords } from '../../../../messages/running/prices';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import type { Wanted } from '../../../../words/dated';
import { dayLater } from '../../../../words/dates';
import { asTyped, CHARGE_FORM } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { DISCOUNTS, type Discount, offIn } from '../../../../words/priceTerms';
import { buyerOf, EVERYBODY, useBuyers, usePlantsOrAll } from '../buyers';
import { PlaceField } from '../PlaceField';
import type { Buyer } from '../priceNames';
import { Noted } from './Noted';
import { HERE, NAME_LENGTH, NEW, type OfTerms } from './ofTerms';
import { useTermTexts } from './texts';
import { Which } from './Which';

/** What is taken off the price of a kWh. */
export function Discounts(props: OfTerms<Discount>) {
  const { operation, terms, onEnd } = props;
  const words = useWords(pricesWords);
  const texts = useTermTexts(operation);
  const [chosen, choose] = useState(NEW);
  const former = terms[Number(chosen) - 1];
  return (
    <details open={terms.length > 0}>
      <summary>{words.discounts}</summary>
      <p>{words.discountsHelp}</p>
      <Noted
        lines={terms.map((discount) => ({
          key: DISCOUNTS.keyOf(discount),
          text: texts.discount(discount),
          onEnd: () => onEnd(discount),
        }))}
      />
      <DiscountForm
        key={`${chosen} ${terms.length} ${JSON.stringify(former)}`}
        {...props}
        former={former}
        chosen={chosen}
        choose={choose}
      />
    </details>
  );
}

interface DiscountFormProps extends OfTerms<Discount> {
  former: Wanted<Discount> | undefined;
  /** Its place; empty: another is noted. */
  chosen: string;
  choose: (place: string) => void;
}

function DiscountForm(props: DiscountFormProps) {
  const { operation, defined, terms, onNote, former, chosen, choose } = props;
  const words = useWords(pricesWords);
  const language = useLanguage();
  const texts = useTermTexts(operation);
  const buyers = useBuyers(operation, defined, former);
  const plants = usePlantsOrAll(operation, former?.producer);
  const [buyer, setBuyer] = useState<Buyer>(former ? buyerOf(former) : EVERYBODY);
  const [producer, setProducer] = useState(former?.producer ?? null);
  const note = (form: FormData) => {
    onNote({ ...offIn(form), ...buyer, producer }, former);
    choose(NEW);
  };
  return (
    <SendForm attempt={HERE} submit={words.saveDiscount} onSend={note}>
      <Which
        name="which_discount"
        label={words.whichDiscount}
        another={words.newDiscount}
        all={terms.map((discount, place) => [String(place + 1), texts.discount(discount)] as const)}
        chosen={chosen}
        onChange={choose}
      />
      <Field
        name="name"
        type="text"
        maxLength={NAME_LENGTH}
        label={words.discountName}
        help={words.discountNameHelp}
        defaultValue={former?.name ?? ''}
      />
      <ChoiceField
        name="unit"
        label={words.unit}
        choices={words.units}
        chosen={former?.eur_per_kwh ? 'eur_per_kwh' : 'percent'}
      />
      <Field
        name="value"
        type="text"
        inputMode="decimal"
        pattern={CHARGE_FORM}
        label={words.off}
        help={words.offHelp}
        defaultValue={asTyped(former?.percent ?? former?.eur_per_kwh, language)}
      />
      <PlaceField
        name="buyer"
        label={words.whom}
        choices={buyers}
        chosen={buyer}
        onChange={setBuyer}
      />
      {plants.length > 2 && (
        <PlaceField
          name="plant"
          label={words.plant}
          choices={plants}
          chosen={producer}
          onChange={setProducer}
        />
      )}
      <Field
        name="last_day"
        type="date"
        label={words.lastDay}
        help={words.lastDayHelp}
        defaultValue={former?.valid_to ? dayLater(former.valid_to, -1) : ''}
        isOptional
      />
    </SendForm>
  );
}
