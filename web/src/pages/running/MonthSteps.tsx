import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { stepWords } from '../../messages/running/steps';
import { shellWords } from '../../messages/shell';
import { Icon } from '../../parts/Icon';
import { completenessQuery } from '../../queries/completeness';
import { documentsQuery } from '../../queries/runs';
import { dsoResultsQuery, settlementsQuery } from '../../queries/settlements';
import { daysQuery } from '../../queries/shares';
import { monthName } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import {
  billsState,
  dataState,
  dsoState,
  STEPS,
  type StepName,
  type StepState,
  settlementState,
  sharesState,
} from '../../words/monthSteps';
import styles from './MonthSteps.module.css';

interface MonthStepsProps {
  operation: string;
  month: string;
}

/** The five states of a month, each with the way to where it is seen and mended. */
export function MonthSteps({ operation, month }: MonthStepsProps) {
  const words = useWords(stepWords);
  const name = monthName(month, useLanguage());
  const states = useMonthSteps(operation, month);
  return (
    <ol className={styles.steps} aria-label={words.stepsOf(name)}>
      {STEPS.map((step) => (
        <li key={step}>
          <Link
            className={styles.step}
            to="/o/$operation/months/$month"
            params={{ operation, month }}
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

/** null: it is on its way; a string: why it did not come. */
type Told = StepState | null;

function State({ state }: { state: Told }) {
  const { loading } = useWords(shellWords);
  if (!state) return <span className={styles.plain}>{loading}</span>;
  return (
    <span className={styles[state.tone]}>
      {state.tone === 'done' && <Icon name="done" />}
      {state.tone === 'alert' && <Icon name="alert" />}
      {state.word}
    </span>
  );
}

function useMonthSteps(operation: string, month: string): Record<StepName, Told> {
  const language = useLanguage();
  const { unknown } = useWords(stepWords);
  const data = useQuery(completenessQuery(operation, month));
  const days = useQuery(daysQuery(operation, month));
  const settlements = useQuery(settlementsQuery(operation, month));
  const results = useQuery(dsoResultsQuery(operation, month));
  const documents = useQuery(documentsQuery(operation, month));
  function told<Data>(query: UseQueryResult<Data>, stateOf: (data: Data) => Told): Told {
    if (query.data !== undefined) return stateOf(query.data);
    return query.isError ? { tone: 'plain', word: unknown } : null;
  }
  return {
    data: told(data, ({ totals }) => dataState(totals, month, language)),
    shares: told(days, (all) => sharesState(all, language)),
    settlement: told(settlements, (all) =>
      told(days, (ofMonth) => settlementState(all, ofMonth, language)),
    ),
    dso: told(results, (come) => dsoState(come, language)),
    bills: told(documents, (made) => told(settlements, (all) => billsState(made, all, language))),
  };
}
