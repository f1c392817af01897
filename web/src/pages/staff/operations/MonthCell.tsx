import { Link } from '@tanstack/react-router';
import { stepWords } from '../../../messages/running/steps';
import { overviewWords } from '../../../messages/staff/operations';
import { Hidden } from '../../../parts/Hidden';
import type { OperationMonth } from '../../../queries/operationMonths';
import { monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { STEPS, stepsOf, stepToGo } from '../../../words/monthSteps';
import { isIdle, type RunOperation } from '../../../words/overview';
import styles from './Overview.module.css';
import { Sign } from './Sign';

interface MonthCellProps {
  operation: RunOperation;
  /** Whether the months of this operation have come. */
  isHere: boolean;
  month: OperationMonth | undefined;
}

/** A month: its five signs, and the step where it stands, in words. */
export function MonthCell({ operation, isHere, month }: MonthCellProps) {
  const words = useWords(overviewWords);
  const { names } = useWords(stepWords);
  const language = useLanguage();
  if (!isHere) return words.coming;
  if (!month || isIdle(month)) {
    return (
      <>
        <span aria-hidden="true">{words.idle}</span>
        <Hidden>{words.idleHelp}</Hidden>
      </>
    );
  }
  const steps = stepsOf(month, language);
  const step = stepToGo(steps);
  const all = STEPS.map((name) => words.step(names[name], steps[name].word));
  const title = `${operation.name}, ${monthName(month.month, language)}`;
  const stand = step ? words.step(names[step], steps[step].word) : words.allDone;
  return (
    <Link
      className={styles.month}
      to="/o/$operation/months/$month"
      params={{ operation: operation.id, month: month.month }}
      {...(step ? { hash: step } : {})}
      // By the arrows: one stop of Tab for each operation.
      tabIndex={-1}
      title={all.join('\n')}
      // With what is seen in it, by which it may be called.
      aria-label={`${title}. ${step ? '' : `${stand}. `}${all.join(', ')}`}
    >
      <span className={styles.signs}>
        {STEPS.map((name) => (
          <Sign key={name} tone={steps[name].tone} />
        ))}
      </span>
      <span className={styles[step ? steps[step].tone : 'done']}>{stand}</span>
    </Link>
  );
}
