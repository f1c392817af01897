import { scaleLinear } from 'd3-scale';
import { operationsWords } from '../messages/operations';
import hidden from '../parts/Hidden.module.css';
import type { Plants } from '../queries/publicOperations';
import { useLanguage, useWords } from '../words/language';
import { power } from '../words/numbers';
import { byPower } from '../words/publicOperations';
import styles from './PlantBars.module.css';

const WIDTH = 240;

/** The power of an operation's plants by what they run on: a table whose figures have bars. */
export function PlantBars({ plants }: { plants: Plants[] }) {
  const words = useWords(operationsWords);
  const language = useLanguage();
  const most = Math.max(1, ...plants.map(({ installed_kwc }) => Number(installed_kwc)));
  const x = scaleLinear([0, most], [0, WIDTH]);
  const isWithheld = plants.some(({ installed_kwc }) => installed_kwc === null);
  return (
    <>
      <table className={styles.plants}>
        <caption className={hidden.hidden}>{words.mix}</caption>
        <tbody>
          {byPower(plants).map(({ production_kind: kind, installed_kwc: kw }) => (
            <tr key={kind}>
              <th scope="row">{kind ? words.kinds[kind] : words.kindUnknown}</th>
              <td className={styles.bar}>
                <svg viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
                  <rect width={x(Number(kw))} height={14} rx={3} />
                </svg>
              </td>
              <td>{kw === null ? words.powerWithheld : power(kw, kind === 'solar', language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isWithheld && <p className={styles.weak}>{words.powerWithheldWhy}</p>}
    </>
  );
}
