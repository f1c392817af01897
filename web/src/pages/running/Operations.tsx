import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { areaWords } from '../../messages/running/area';
import { deadlineWords } from '../../messages/running/deadlines';
import { stepWords } from '../../messages/running/steps';
import { Answer } from '../../parts/Answer';
import go from '../../parts/Go.module.css';
import { Heading } from '../../parts/Heading';
import { NotYours } from '../../parts/NotYours';
import shared from '../../parts/Together.module.css';
import { type Deadline, deadlinesQuery } from '../../queries/deadlines';
import { isStaff, meQuery, runsOperations } from '../../queries/me';
import { type OperationMonth, sameMonthQuery } from '../../queries/operationMonths';
import type { Operation } from '../../queries/operations';
import { runOperationsQuery } from '../../queries/perimeters';
import { capitalized } from '../../words/capitals';
import { fullDay, lastMonthOver, monthName } from '../../words/dates';
import { taskOf } from '../../words/deadlines';
import { groupsBy } from '../../words/groups';
import { useLanguage, useWords } from '../../words/language';
import { stepsOf, stepToGo } from '../../words/monthSteps';
import styles from './Operations.module.css';

/** The operations that one runs, with what waits in each; those with what is late first. */
export function Operations() {
  const words = useWords(areaWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (!runsOperations(me)) {
    return <NotYours title={words.notYours}>{words.whoseList}</NotYours>;
  }
  return (
    <>
      <Heading>{isStaff(me) ? words.all : words.operations}</Heading>
      {isStaff(me) ? <OfStaff /> : <WithTasks operations={me.organised} />}
    </>
  );
}

function OfStaff() {
  const words = useWords(areaWords);
  const query = useQuery(runOperationsQuery);
  return (
    <>
      <Link className={go.quiet} to="/staff/setup">
        {words.newOperation}
      </Link>
      <Link className={shared.more} to="/staff/operations">
        {words.overview}
      </Link>
      <Answer query={query}>{(operations) => <WithTasks operations={operations} />}</Answer>
    </>
  );
}

const NO_MONTHS: ReadonlyMap<string, OperationMonth> = new Map();

function WithTasks({ operations }: { operations: readonly Operation[] }) {
  const words = useWords(areaWords);
  const query = useQuery(deadlinesQuery);
  const { data: months = NO_MONTHS } = useQuery(sameMonthQuery(lastMonthOver(new Date())));
  if (operations.length === 0) return <p>{words.none}</p>;
  return (
    <Answer query={query}>
      {(deadlines) => {
        const tasks = groupsBy(deadlines, ({ operation_id }) => operation_id);
        const lateIn = ({ id }: Operation) =>
          (tasks.get(id) ?? []).filter(({ is_late }) => is_late).length;
        return (
          <ul className={styles.operations}>
            {[...operations]
              .sort((one, other) => lateIn(other) - lateIn(one))
              .map((operation) => (
                <Line
                  key={operation.id}
                  operation={operation}
                  deadlines={tasks.get(operation.id) ?? []}
                  month={months.get(operation.id)}
                />
              ))}
          </ul>
        );
      }}
    </Answer>
  );
}

interface LineProps {
  operation: Operation;
  /** Its own, the first one first. */
  deadlines: readonly Deadline[];
  /** The last one that is over, once it has come. */
  month: OperationMonth | undefined;
}

function Line({ operation, deadlines, month }: LineProps) {
  const words = useWords(areaWords);
  const late = deadlines.filter(({ is_late }) => is_late).length;
  const coming = deadlines.length - late;
  return (
    <li className={styles.operation}>
      <h2 className={shared.title}>
        <Link to="/o/$operation" params={{ operation: operation.id }}>
          {operation.name}
        </Link>
      </h2>
      <p className={shared.weak}>
        {late > 0 && <strong className={shared.alert}>{words.late(late)}</strong>}
        {late > 0 && coming > 0 && ' · '}
        {coming > 0 && words.due(coming)}
        {deadlines.length === 0 && words.nothingDue}
      </p>
      {deadlines[0] && <First deadline={deadlines[0]} />}
      {month && <Stands month={month} />}
    </li>
  );
}

function First({ deadline }: { deadline: Deadline }) {
  const words = useWords(deadlineWords);
  const language = useLanguage();
  const day = fullDay(deadline.due, language);
  return (
    <p className={shared.weak}>
      {taskOf(deadline, language)} – {deadline.is_late ? words.lateSince(day) : words.by(day)}
    </p>
  );
}

/** Where the last month that is over stands: at its first step that is not done. */
function Stands({ month }: { month: OperationMonth }) {
  const words = useWords(areaWords);
  const { names } = useWords(stepWords);
  const language = useLanguage();
  const steps = stepsOf(month, language);
  const step = stepToGo(steps);
  const name = capitalized(monthName(month.month, language));
  return (
    <p className={shared.weak}>
      {step ? words.stands(name, names[step], steps[step].word) : words.isBilled(name)}
    </p>
  );
}
