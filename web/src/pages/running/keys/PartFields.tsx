import { keyFormWords } from '../../../messages/running/keyForm';
import shared from '../../../parts/Together.module.css';
import { PERCENT_DECIMALS, totalPercent } from '../../../words/keyForms';
import { useLanguage, useWords } from '../../../words/language';
import { plainNumber, withUnit } from '../../../words/numbers';
import { useNames } from '../names';
import styles from './PartFields.module.css';

interface PartFieldsProps {
  operation: string;
  prms: readonly string[];
  /** What is typed, by point. */
  values: Readonly<Record<string, string>>;
  onChange: (values: Record<string, string>) => void;
}

const PERCENT = String.raw`\s*\d{1,3}([.,]\d{1,${PERCENT_DECIMALS}})?\s*`;

/** A part of the production for each point, and what they come to. */
export function PercentFields(props: PartFieldsProps) {
  const words = useWords(keyFormWords);
  const language = useLanguage();
  const total = totalPercent(props.values);
  const text = withUnit(plainNumber(total, language, PERCENT_DECIMALS), '%');
  return (
    <fieldset className={styles.parts}>
      <legend>{words.percents}</legend>
      <Inputs {...props} pattern={PERCENT} inputMode="decimal" />
      <p className={total > 100 ? shared.alert : shared.weak} role="status">
        {total > 100 ? words.tooMuch(text) : words.total(text)}
      </p>
    </fieldset>
  );
}

/** A rank for each point. */
export function RankFields(props: PartFieldsProps) {
  const words = useWords(keyFormWords);
  return (
    <fieldset className={styles.parts}>
      <legend>{words.ranks}</legend>
      <p className={shared.weak}>{words.ranksHelp}</p>
      <Inputs {...props} pattern="\s*\d{0,2}\s*" inputMode="numeric" />
    </fieldset>
  );
}

interface InputsProps extends PartFieldsProps {
  pattern: string;
  inputMode: 'decimal' | 'numeric';
}

function Inputs({ operation, prms, values, onChange, pattern, inputMode }: InputsProps) {
  const words = useWords(keyFormWords);
  const names = useNames(operation);
  if (prms.length === 0) return <p>{words.noConsumers}</p>;
  return prms.map((prm) => (
    <label key={prm} className={styles.part}>
      <span>{names.ofPoint(prm)}</span>
      <input
        inputMode={inputMode}
        pattern={pattern}
        maxLength={10}
        value={values[prm] ?? ''}
        onChange={(event) => onChange({ ...values, [prm]: event.currentTarget.value })}
      />
    </label>
  ));
}
