import { useState } from 'react';
import { pricesWords } from '../../../messages/running/prices';
import { Field } from '../../../parts/Field';
import { QuietButton } from '../../../parts/QuietButton';
import type { Index } from '../../../queries/priceLists';
import { asTyped, PRICE_FORM } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import type { Price } from '../../../words/priceLists';
import styles from './Bills.module.css';
import { usePriceNames } from './priceNames';
import { IndexField } from './terms/IndexField';

interface PriceRowProps {
  operation: string;
  /** By number: a point is not named in what a browser may keep of a form. */
  name: string;
  price: Price;
  indexes: readonly Index[];
  /** A list has one price at least. */
  isOnly: boolean;
  onEnd: () => void;
}

/** What the field of its index is called. */
export function indexOf(name: string): string {
  return `${name}-index`;
}

/** A price in the form, under what it is for. */
export function PriceRow(props: PriceRowProps) {
  const { operation, name, price, indexes, isOnly, onEnd } = props;
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = usePriceNames(operation);
  const label = names.short(price);
  const [index, setIndex] = useState(price.index ?? '');
  return (
    <div className={styles.row}>
      <Field
        name={name}
        type="text"
        inputMode="decimal"
        pattern={PRICE_FORM}
        label={label}
        help={words.priceHelp}
        defaultValue={asTyped(price.price_eur_per_kwh, language)}
      />
      <IndexField name={indexOf(name)} indexes={indexes} value={index} onChange={setIndex} />
      {!isOnly && (
        <div className={styles.remove}>
          <QuietButton name={words.removeOf(label)} onPress={onEnd}>
            {words.remove}
          </QuietButton>
        </div>
      )}
    </div>
  );
}
