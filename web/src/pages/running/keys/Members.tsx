import { simulationWords } from '../../../messages/running/simulations';
import tables from '../../../parts/Table.module.css';
import { Dots } from '../../../pictures/Dots';
import { changesBetween, countChanges, type MemberChange } from '../../../words/keyScenarios';
import { useLanguage, useWords } from '../../../words/language';
import { percent, signedEuros } from '../../../words/numbers';
import { useNames } from '../names';
import styles from './Compared.module.css';
import type { Named } from './Totals';

/** More are folded. */
const SHOWN = 40;

interface MembersProps {
  operation: string;
  first: Named;
  then: Named;
}

/** What changes for each point, who gains the most first. */
export function Members({ operation, first, then }: MembersProps) {
  const words = useWords(simulationWords);
  const changes = changesBetween(first.outcome, then.outcome);
  const { better, worse, same } = countChanges(changes);
  const parts = changes.flatMap(({ before, after }) => [before ?? 0, after ?? 0]);
  const most = Math.max(0.1, ...parts);
  const caption = words.caption(first.name, then.name);
  const [shown, rest] = [changes.slice(0, SHOWN), changes.slice(SHOWN)];
  return (
    <>
      <p>{words.sentence(better, worse, same, then.name)}</p>
      <Rows operation={operation} changes={shown} most={most} caption={caption} />
      {rest.length > 0 && (
        <details>
          <summary>{words.rest(rest.length)}</summary>
          <Rows operation={operation} changes={rest} most={most} caption={caption} />
        </details>
      )}
    </>
  );
}

interface RowsProps {
  operation: string;
  changes: readonly MemberChange[];
  most: number;
  caption: string;
}

function Rows({ operation, changes, most, caption }: RowsProps) {
  const words = useWords(simulationWords);
  const language = useLanguage();
  const names = useNames(operation);
  return (
    <table className={tables.numbers}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.member}</th>
          <td className={styles.dots} />
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
          <th scope="col" className={styles.spare}>
            {words.euros}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ prm, before, after, savingCents }) => (
          <tr key={prm}>
            <th scope="row">{names.ofPoint(prm)}</th>
            <td className={styles.dots}>
              <Dots before={before} after={after} most={most} />
            </td>
            <td>{percent(before, language)}</td>
            <td>{percent(after, language)}</td>
            <td className={styles.spare}>{signedEuros(savingCents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
