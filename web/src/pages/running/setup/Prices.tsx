import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { Why } from '../../../parts/Why';
import { savePrices } from '../../../queries/priceLists';
import type { SetUp } from '../../../queries/setUp';
import { decimalOf, PRICE_FORM, textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { euros, pricePerKwh } from '../../../words/numbers';
import {
  FOR_ALL,
  keyOf,
  type VatChoice,
  vatChoiceOf,
  vatOf,
  withPrices,
  withVat,
} from '../../../words/priceLists';
import { VatField } from '../bills/VatField';
import { useChanged } from '../close/changed';
import type { OfSetUp } from './ofSetUp';

/** Of so many kWh the page says what they will cost. */
const KWH = 100;

/** One price for all; who has more of them finds them at the page of prices. */
export function Prices({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  return (
    <Card title={words.priceTitle}>
      {setUp.prices.entries.length > 0 ? (
        <InForce prices={setUp.prices} />
      ) : (
        <Form operation={operation} setUp={setUp} />
      )}
      <Why title={words.whyPriceTitle}>
        <p>{words.whyPrice}</p>
      </Why>
    </Card>
  );
}

function InForce({ prices: { entries } }: Pick<SetUp, 'prices'>) {
  const words = useWords(setUpFormWords);
  const language = useLanguage();
  const [only] = entries;
  const isForAll = entries.length === 1 && only && keyOf(only) === keyOf(FOR_ALL);
  return (
    <>
      {isForAll && (
        <p>{words.priceInForce(pricePerKwh(Number(only.price_eur_per_kwh), language))}</p>
      )}
      <p>{words.pricesMore(entries.length)}</p>
    </>
  );
}

function Form({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const language = useLanguage();
  const [price, setPrice] = useState('');
  const [chosen, setChosen] = useState<VatChoice | null>(null);
  // That of who sells, where all have said the same.
  const usual = vatOf(setUp.sellers.map(({ profile }) => profile));
  const { vat_rate, vat_mention } = withVat(usual, chosen);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      savePrices(
        operation,
        withPrices(
          setUp.prices,
          [{ ...FOR_ALL, price_eur_per_kwh: decimalOf(price), vat_rate, vat_mention }],
          textIn(form, 'valid_from') ?? '',
          setUp.prices,
        ),
      ),
    onSuccess: changed,
  });
  const netCents = Number(decimalOf(price)) * KWH * 100;
  return (
    <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
      <Field
        name="price"
        type="text"
        inputMode="decimal"
        pattern={PRICE_FORM}
        label={words.price}
        help={words.priceHelp}
        onChange={setPrice}
      />
      <VatField label={words.vat} value={chosen ?? vatChoiceOf([usual])} onChange={setChosen} />
      {netCents > 0 && vat_rate !== '' && (
        <p>
          {words.priceInWords(
            euros(netCents, language),
            euros(netCents * (1 + Number(vat_rate)), language),
          )}
        </p>
      )}
      <Field
        name="valid_from"
        type="date"
        label={words.fromDay}
        defaultValue={setUp.operation.valid_from}
      />
    </SendForm>
  );
}
