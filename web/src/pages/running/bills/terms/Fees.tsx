import { useState } from 'react';
import { pricesWords } from '../../../../messages/running/prices';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import type { Wanted } from '../../../../words/dated';
import { asTyped, CHARGE_FORM } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import type { Vat } from '../../../../words/priceLists';
import { FEES, type Fee, feeIn } from '../../../../words/priceTerms';
import { buyerOf, EVERYBODY, useBuyers, usePlants } from '../buyers';
import { PlaceField } from '../PlaceField';
import type { Buyer } from '../priceNames';
import { IndexField } from './IndexField';
import { Noted } from './Noted';
import { HERE, NAME_LENGTH, NEW, type OfTerms } from './ofTerms';
import { useTermTexts } from './texts';
import { Which } from './Which';

interface FeesProps extends OfTerms<Fee> {
  /** Of a new one. */
  vat: Vat;
}

/** What a plant charges each month, whatever is used. */
export function Fees(props: FeesProps) {
  const { operation, terms, onEnd } = props;
  const words = useWords(pricesWords);
  const texts = useTermTexts(operation);
  const [chosen, choose] = useState(NEW);
  const former = terms[Number(chosen) - 1];
  return (
    <details open={terms.length > 0}>
      <summary>{words.fees}</summary>
      <p>{words.feesHelp}</p>
      <Noted
        lines={terms.map((fee) => ({
          key: FEES.keyOf(fee),
          text: texts.fee(fee),
          onEnd: () => onEnd(fee),
        }))}
      />
      <FeeForm
        key={`${chosen} ${terms.length} ${JSON.stringify(former)}`}
        {...props}
        former={former}
        chosen={chosen}
        choose={choose}
      />
    </details>
  );
}

interface FeeFormProps extends FeesProps {
  former: Wanted<Fee> | undefined;
  /** Its place; empty: another is noted. */
  chosen: string;
  choose: (place: string) => void;
}

function FeeForm(props: FeeFormProps) {
  const { operation, defined, terms, vat, onNote, former, chosen, choose } = props;
  const words = useWords(pricesWords);
  const language = useLanguage();
  const texts = useTermTexts(operation);
  const buyers = useBuyers(operation, defined, former);
  const plants = usePlants(operation, former?.producer);
  const [buyer, setBuyer] = useState<Buyer>(former ? buyerOf(former) : EVERYBODY);
  const [plant, setPlant] = useState(former?.producer);
  const [index, setIndex] = useState(former?.index ?? '');
  const which = (
    <Which
      name="which_fee"
      label={words.whichFee}
      another={words.newFee}
      all={terms.map((fee, place) => [String(place + 1), texts.fee(fee)] as const)}
      chosen={chosen}
      onChange={choose}
    />
  );
  const [first] = plants;
  if (!first) {
    return (
      <>
        {which}
        <p>{words.noPlants}</p>
      </>
    );
  }
  const producer = plant ?? first[0];
  const note = (form: FormData) => {
    onNote(feeIn(form, { producer, ...buyer, index: index || null }, former, vat), former);
    choose(NEW);
  };
  return (
    <SendForm attempt={HERE} submit={words.saveFee} onSend={note}>
      {which}
      <Field
        name="name"
        type="text"
        maxLength={NAME_LENGTH}
        label={words.feeName}
        help={words.feeNameHelp}
        defaultValue={former?.name ?? ''}
      />
      <Field
        name="eur_per_month"
        type="text"
        inputMode="decimal"
        pattern={CHARGE_FORM}
        label={words.perMonth}
        help={words.perMonthHelp}
        defaultValue={asTyped(former?.eur_per_month, language)}
      />
      <PlaceField
        name="buyer"
        label={words.whom}
        choices={buyers}
        chosen={buyer}
        onChange={setBuyer}
      />
      {plants.length > 1 && (
        <PlaceField
          name="plant"
          label={words.chargedBy}
          choices={plants}
          chosen={producer}
          onChange={setPlant}
        />
      )}
      <IndexField indexes={defined.indexes} value={index} onChange={setIndex} />
    </SendForm>
  );
}
