import { useState } from 'react';
import { pricesWords } from '../../../../messages/running/prices';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { Field } from '../../../../parts/Field';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import type { Wanted } from '../../../../words/dated';
import { dayLater } from '../../../../words/dates';
import { asTyped, CHARGE_FORM } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { DISCOUNTS, type Discount, offIn } from '../../../../words/priceTerms';
import { useBuyers, usePlantChoices } from '../buyers';
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
        key={`${chosen} ${terms.length}`}
        {...props}
        former={terms[Number(chosen) - 1]}
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
  const buyers = useBuyers(operation, defined);
  const plants = usePlantChoices(operation);
  const [buyer, setBuyer] = useState<string | null>(null);
  const [plant, setPlant] = useState<string | null>(null);
  const buyerOrFormer = buyer ?? buyers.placeOf(former && buyerOf(former));
  const plantOrFormer = plant ?? plants.placeOf(former?.producer);
  const note = (form: FormData) => {
    const whom = { ...buyers.at(buyerOrFormer), producer: plants.at(plantOrFormer) };
    onNote({ ...offIn(form), ...whom }, former);
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
      <SelectField
        name="buyer"
        label={words.whom}
        options={buyers.options}
        value={buyerOrFormer}
        onChange={setBuyer}
      />
      {plants.options.length > 2 && (
        <SelectField
          name="plant"
          label={words.plant}
          options={plants.options}
          value={plantOrFormer}
          onChange={setPlant}
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

function buyerOf({ consumer, group }: Discount) {
  return { consumer, group };
}
