import { pricesWords } from '../../../messages/running/prices';
import { Field } from '../../../parts/Field';
import { QuietButton } from '../../../parts/QuietButton';
import { useLanguage, useWords } from '../../../words/language';
import { keyOf, type Price } from '../../../words/priceLists';
import styles from './Bills.module.css';
import { usePriceNames } from './priceNames';

/** Fewer than a million euros, to a ten-thousandth of a cent. */
const PRICE_FORM = '[0-9]{1,6}([.,][0-9]{1,6})?';

interface PriceRowProps {
  operation: string;
  price: Price;
  /** A list has one price at least. */
  isOnly: boolean;
  onEnd: () => void;
}

/** A price in the form, under what it is for. */
export function PriceRow({ operation, price, isOnly, onEnd }: PriceRowProps) {
  const words = useWords(pricesWords);
  const language = useLanguage();
  const names = usePriceNames(operation);
  const name = names.short(price);
  const value = price.price_eur_per_kwh;
  return (
    <div className={styles.row}>
      <Field
        name={keyOf(price)}
        type="text"
        inputMode="decimal"
        pattern={PRICE_FORM}
        label={name}
        help={words.priceHelp}
        defaultValue={language === 'fr' ? value.replace('.', ',') : value}
      />
      {!isOnly && (
        <div className={styles.remove}>
          <QuietButton name={words.removeOf(name)} onPress={onEnd}>
            {words.remove}
          </QuietButton>
        </div>
      )}
    </div>
  );
}
