import { pricesWords } from '../../../messages/running/prices';
import { Field } from '../../../parts/Field';
import { QuietButton } from '../../../parts/QuietButton';
import { PRICE_FORM } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import type { Price } from '../../../words/priceLists';
import styles from './Bills.module.css';
import { usePriceNames } from './priceNames';

interface PriceRowProps {
  operation: string;
  /** By number: a point is not named in what a browser may keep of a form. */
  name: string;
  price: Price;
  /** A list has one price at least. */
  isOnly: boolean;
  onEnd: () => void;
}

/** A price in the form, under what it is for. */
export function PriceRow({ operation, name, price, isOnly, onEnd }: PriceRowProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = usePriceNames(operation);
  const label = names.short(price);
  const value = price.price_eur_per_kwh;
  return (
    <div className={styles.row}>
      <Field
        name={name}
        type="text"
        inputMode="decimal"
        pattern={PRICE_FORM}
        label={label}
        help={words.priceHelp}
        defaultValue={language === 'fr' ? value.replace('.', ',') : value}
      />
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
