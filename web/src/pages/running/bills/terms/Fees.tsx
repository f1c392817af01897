import { useState } from 'react';
import { pricesWords } from '../../../../messages/running/prices';
import { Field } from '../../../../parts/Field';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { asTyped, CHARGE_FORM, decimalOf, textIn } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import type { Vat } from '../../../../words/priceLists';
import { FEES, type Fee } from '../../../../words/priceTerms';
import { useNames } from '../../names';
import { useBuyers, usePlants } from '../buyers';
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
        key={`${chosen} ${terms.length}`}
        {...props}
        former={former}
        chosen={chosen}
        choose={choose}
      />
    </details>
  );
}

interface FeeFormProps extends FeesProps {
  former: Fee | undefined;
  /** Its place; empty: another is noted. */
  chosen: string;
  choose: (place: string) => void;
}

function FeeForm(props: FeeFormProps) {
  const { operation, defined, terms, vat, onNote, former, chosen, choose } = props;
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = useNames(operation);
  const texts = useTermTexts(operation);
  const buyers = useBuyers(operation, defined);
  const plants = usePlants(operation);
  // Chosen by their places: a point is not named in what a browser may keep of a form.
  const [buyer, setBuyer] = useState<string | null>(null);
  const [plant, setPlant] = useState<string | null>(null);
  const [index, setIndex] = useState(former?.index ?? '');
  const buyerOrFormer = buyer ?? buyers.placeOf(former && buyerOf(former));
  const plantOrFormer = plant ?? String(Math.max(plants.indexOf(former?.producer ?? ''), 0));
  const note = (form: FormData) => {
    const producer = plants[Number(plantOrFormer)];
    if (!producer) return;
    onNote(
      {
        name: textIn(form, 'name') ?? '',
        producer,
        ...buyers.at(buyerOrFormer),
        eur_per_month: decimalOf(textIn(form, 'eur_per_month') ?? ''),
        vat_rate: former?.vat_rate ?? vat.vat_rate,
        vat_mention: former ? former.vat_mention : vat.vat_mention,
        index: index || null,
      },
      former,
    );
    choose(NEW);
  };
  return (
    <SendForm attempt={HERE} submit={words.saveFee} onSend={note}>
      <Which
        name="which_fee"
        label={words.whichFee}
        another={words.newFee}
        all={terms.map((fee, place) => [String(place + 1), texts.fee(fee)] as const)}
        chosen={chosen}
        onChange={choose}
      />
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
      <SelectField
        name="buyer"
        label={words.whom}
        options={buyers.options}
        value={buyerOrFormer}
        onChange={setBuyer}
      />
      {plants.length > 1 && (
        <SelectField
          name="plant"
          label={words.chargedBy}
          options={plants.map((prm, place) => [String(place), names.ofPoint(prm)] as const)}
          value={plantOrFormer}
          onChange={setPlant}
        />
      )}
      <IndexField indexes={defined.indexes} value={index} onChange={setIndex} />
    </SendForm>
  );
}

function buyerOf({ consumer, group }: Fee) {
  return { consumer, group };
}
