import { useQuery } from '@tanstack/react-query';
import { dsoWords } from '../../../messages/running/dso';
import { Answer } from '../../../parts/Answer';
import hidden from '../../../parts/Hidden.module.css';
import reasons from '../../../parts/Reasons.module.css';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import {
  type DifferenceClass,
  type Reconciliation,
  reconciliationQuery,
} from '../../../queries/settlements';
import { rangeText } from '../../../words/dayRanges';
import { useLanguage, useWords } from '../../../words/language';
import { inKwh, WMIN_PER_KWH, whole } from '../../../words/numbers';
import { useNames } from '../names';
import styles from './Close.module.css';
import { type OfMonth, Step } from './Step';

/** What the DSO makes of the month beside what we do, by cause of what differs. */
export function Dso({ operation, month }: OfMonth) {
  const words = useWords(dsoWords);
  const query = useQuery(reconciliationQuery(operation, month));
  return (
    <Step name="dso" title={words.title}>
      <Answer query={query}>
        {(compared) =>
          compared ? <Compared operation={operation} compared={compared} /> : <p>{words.none}</p>
        }
      </Answer>
    </Step>
  );
}

interface ComparedProps {
  operation: string;
  compared: Reconciliation;
}

function Compared({ operation, compared }: ComparedProps) {
  const words = useWords(dsoWords);
  const { classes, definitive, days_compared, findings } = compared;
  const isAgreed = classes.every((one) => HARMLESS.has(one.class) || one.count === 0);
  return (
    <>
      <p>
        {definitive ? words.definitive : words.provisional} {words.days(days_compared.length)}
      </p>
      {isAgreed ? <p>{words.agrees}</p> : <Causes compared={compared} />}
      <Totals compared={compared} />
      {findings.length > 0 && <Findings operation={operation} compared={compared} />}
    </>
  );
}

/** Decimals of its energies, and of the coefficients that it was sent. */
const HARMLESS: ReadonlySet<DifferenceClass> = new Set(['rounding', 'coefficients_rounded']);

/** Less, of all points together, is 0,00 kWh: no cause for alarm. */
const LEAST_WMIN = WMIN_PER_KWH / 200;

function Causes({ compared: { classes } }: { compared: Reconciliation }) {
  const words = useWords(dsoWords);
  const language = useLanguage();
  const causes = classes.filter(({ count }) => count > 0);
  return (
    <table className={tables.table}>
      <caption>{words.differences}</caption>
      <thead>
        <tr>
          <th scope="col">{words.cause}</th>
          <th className={`${tables.number} ${styles.spare}`} scope="col">
            {words.places}
          </th>
          <th className={tables.number} scope="col">
            {words.energy}
          </th>
        </tr>
      </thead>
      <tbody>
        {causes.map((one) => {
          const [name, help] = words.classes[one.class];
          // What one point has more and another one less is a difference all the same.
          const isMuch = one.apart_wmin >= LEAST_WMIN;
          return (
            <tr key={one.class}>
              <th scope="row">
                {isMuch ? <strong>{name}</strong> : name}
                <span className={styles.help}>{help}</span>
              </th>
              <td className={`${tables.number} ${styles.spare}`}>{whole(one.count, language)}</td>
              <td className={tables.number}>{inKwh(one.difference_wmin, language, 2)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Of consumers, then of producers. */
function Totals({ compared: { totals } }: { compared: Reconciliation }) {
  const words = useWords(dsoWords);
  const language = useLanguage();
  return (
    <details>
      <summary>{words.totals}</summary>
      <table className={tables.numbers}>
        <caption className={hidden.hidden}>{words.totals}</caption>
        <thead>
          <tr>
            <th scope="col">{words.quantity}</th>
            <th scope="col">{words.ours}</th>
            <th scope="col">{words.theirs}</th>
            <th scope="col">{words.difference}</th>
          </tr>
        </thead>
        <tbody>
          {totals.map(({ direction, quantity, own_wmin, dso_wmin, difference_wmin }) => (
            <tr key={`${direction} ${quantity}`}>
              <th scope="row">{words.sides[direction](words.quantities[quantity])}</th>
              <td>{inKwh(own_wmin, language, 1)}</td>
              <td>{inKwh(dso_wmin, language, 1)}</td>
              <td>{inKwh(difference_wmin, language, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The first ones: more would be no list to read, and the table to download has them all. */
function Findings({ operation, compared: { findings, findings_count } }: ComparedProps) {
  const words = useWords(dsoWords);
  const language = useLanguage();
  const { ofPoint } = useNames(operation);
  const more = findings_count - findings.length;
  return (
    <details>
      <summary>{words.findings}</summary>
      <ul className={reasons.reasons}>
        {findings.map((one) => (
          <li key={`${one.prm} ${one.direction} ${one.quantity} ${one.class} ${one.evidence}`}>
            <span>
              {ofPoint(one.prm)}
              {` · ${words.quantities[one.quantity]} · `}
              {rangeText({ from: one.first_day, to: one.last_day }, language)}
            </span>
            <span className={shared.weak}>
              {words.classes[one.class][0]}
              {` · ${inKwh(one.difference_wmin, language, 2)} kWh`}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p>{words.moreFindings(more)}</p>}
    </details>
  );
}
