import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { areaWords } from '../../../messages/running/area';
import { deadlineWords } from '../../../messages/running/deadlines';
import { homeWords } from '../../../messages/running/home';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import shared from '../../../parts/Together.module.css';
import { type Deadline, deadlinesQuery } from '../../../queries/deadlines';
import { fullDay } from '../../../words/dates';
import { placeOf, taskOf } from '../../../words/deadlines';
import { useLanguage, useWords } from '../../../words/language';

/** More are folded: forty months that nobody closed are no list to read. */
const SHOWN = 6;

/** What is due in an operation, one verb each; what is late first. */
export function ToDo({ operation }: { operation: string }) {
  const words = useWords(homeWords);
  const query = useQuery(deadlinesQuery);
  return (
    <Card title={words.toDo}>
      <Answer query={query}>
        {(all) => <Tasks tasks={all.filter(({ operation_id }) => operation_id === operation)} />}
      </Answer>
    </Card>
  );
}

function Tasks({ tasks }: { tasks: readonly Deadline[] }) {
  const words = useWords(areaWords);
  const [first, rest] = [tasks.slice(0, SHOWN), tasks.slice(SHOWN)];
  if (tasks.length === 0) return <p className={shared.weak}>{words.nothingDue}</p>;
  return (
    <>
      <List tasks={first} />
      {rest.length > 0 && (
        <details>
          <summary>{words.more(rest.length)}</summary>
          <List tasks={rest} />
        </details>
      )}
    </>
  );
}

function List({ tasks }: { tasks: readonly Deadline[] }) {
  return (
    <ul className={shared.list}>
      {tasks.map((task) => (
        <Task key={task.id} task={task} />
      ))}
    </ul>
  );
}

function Task({ task }: { task: Deadline }) {
  const words = useWords(deadlineWords);
  const language = useLanguage();
  const day = fullDay(task.due, language);
  const name = taskOf(task, language);
  const place = placeOf(task);
  return (
    <li className={shared.line}>
      <div>
        <p className={shared.plain}>{name}</p>
        <p className={`${shared.weak} ${task.is_late ? shared.alert : ''}`}>
          {task.is_late ? words.lateSince(day) : words.by(day)}
        </p>
      </div>
      {place && (
        <Link className={go.quiet} {...place} aria-label={name}>
          {words.go[task.kind]}
        </Link>
      )}
    </li>
  );
}
