import { stepWords } from '../../../messages/running/steps';
import { overviewWords } from '../../../messages/staff/operations';
import shared from '../../../parts/Together.module.css';
import { useWords } from '../../../words/language';
import { STEPS, type StepState } from '../../../words/monthSteps';
import styles from './Overview.module.css';
import { Sign } from './Sign';

const TONES: readonly StepState['tone'][] = ['done', 'todo', 'alert', 'plain'];

/** What the signs of a month mean. */
export function OverviewLegend() {
  const words = useWords(overviewWords);
  const { names } = useWords(stepWords);
  return (
    <>
      <ul className={styles.legend}>
        {TONES.map((tone) => (
          <li key={tone}>
            <Sign tone={tone} /> {words.signs[tone]}
          </li>
        ))}
      </ul>
      <p className={shared.weak}>{words.steps(STEPS.map((step) => names[step]).join(', '))}</p>
      <p className={`${shared.weak} ${styles.keys}`}>{words.keys}</p>
    </>
  );
}
