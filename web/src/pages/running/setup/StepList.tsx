import { Link } from '@tanstack/react-router';
import { setUpWords } from '../../../messages/running/setUp';
import { Icon } from '../../../parts/Icon';
import { useWords } from '../../../words/language';
import { SET_UP_STEPS, type SetUpState, type SetUpStep } from '../../../words/setUpSteps';
import styles from './StepList.module.css';

interface StepListProps {
  operation: string;
  states: Record<SetUpStep, SetUpState>;
  /** Whether each says what it is for. */
  hasWhys?: boolean;
}

/** The steps of the path, each with its state and the way to it. */
export function StepList({ operation, states, hasWhys = false }: StepListProps) {
  const words = useWords(setUpWords);
  return (
    <ol className={styles.steps} aria-label={words.path}>
      {SET_UP_STEPS.map((step, place) => (
        <li key={step} className={styles.step}>
          <span className={styles.number} aria-hidden="true">
            {place + 1}
          </span>
          <Link className={styles.name} to="/o/$operation/setup/$step" params={{ operation, step }}>
            {words.names[step]}
          </Link>
          <span className={styles.state}>
            {states[step] === 'done' && <Icon name="done" />}
            {words.states[states[step]]}
          </span>
          {hasWhys && <span className={styles.why}>{words.whys[step]}</span>}
        </li>
      ))}
    </ol>
  );
}
