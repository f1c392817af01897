import { dayWords } from '../messages/day';
import tables from '../parts/Table.module.css';
import type { ConsumerStep } from '../queries/explanations';
import { useLanguage, useWords } from '../words/language';
import { energy } from '../words/numbers';
import { times } from '../words/steps';
import styles from './Day.module.css';

export function DayTable({ steps }: { steps: readonly ConsumerStep[] }) {
  const words = useWords(dayWords);
  const language = useLanguage();
  return (
    <div className={tables.scroll}>
      <table className={styles.table}>
        <caption>{words.picture}</caption>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.used}</th>
            <th scope="col">{words.local}</th>
            <th scope="col">{words.reason}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, place) => (
            <tr key={step.start}>
              <th scope="row">{times(steps, place, language)}</th>
              <td>{energy(step.consumption_wmin, language)}</td>
              <td>{energy(step.share_wmin, language)}</td>
              <td>{words.rules[step.rule]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
