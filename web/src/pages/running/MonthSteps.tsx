import { Link } from '@tanstack/react-router';
import { stepWords } from '../../messages/running/steps';
import { Icon } from '../../parts/Icon';
import type { OperationMonth } from '../../queries/operationMonths';
import { monthName } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { STEPS, type StepState, stepsOf } from '../../words/monthSteps';
import styles from './MonthSteps.module.css';

interface MonthStepsProps {
  operation: string;
  month: OperationMonth;
}

/** The five states of a month, each with the way to where it is seen and mended. */
export function MonthSteps({ operation, month }: MonthStepsProps) {
  const words = useWords(stepWords);
  const language = useLanguage();
  const states = stepsOf(month, language);
  return (
    <ol className={styles.steps} aria-label={words.stepsOf(monthName(month.month, language))}>
      {STEPS.map((step) => (
        <li key={step}>
          <Link
            className={styles.step}
            to="/o/$operation/months/$month"
            params={{ operation, month: month.month }}
            hash={step}
          >
            <span className={styles.name}>{words.names[step]}</span>
            <State state={states[step]} />
          </Link>
        </li>
      ))}
    </ol>
  );
}

function State({ state: { tone, word } }: { state: StepState }) {
  return (
    <span className={styles[tone]}>
      {tone === 'done' && <Icon name="done" />}
      {tone === 'alert' && <Icon name="alert" />}
      {word}
    </span>
  );
}
