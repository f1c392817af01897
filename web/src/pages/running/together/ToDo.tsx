import { Link } from '@tanstack/react-router';
import { runTogetherWords } from '../../../messages/running/together';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import shared from '../../../parts/Together.module.css';
import { longDay } from '../../../words/dates';
import { momentOf } from '../../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import type { Task, TaskKind } from '../../../words/togetherTasks';

/** More are in the lists below. */
const SHOWN = 8;

interface ToDoProps {
  operation: string;
  tasks: readonly Task[];
  /** All has come that there may be something to do in. */
  isAll: boolean;
}

/** What somebody has to go on with, one verb each. */
export function ToDo({ operation, tasks, isAll }: ToDoProps) {
  const words = useWords(runTogetherWords);
  return (
    <Card title={words.toDo}>
      {tasks.length === 0 && isAll && <p className={shared.weak}>{words.nothingToDo}</p>}
      <ul className={shared.list}>
        {tasks.slice(0, SHOWN).map((task) => (
          <Line key={`${task.kind} ${task.id}`} operation={operation} task={task} />
        ))}
      </ul>
    </Card>
  );
}

function Line({ operation, task: { kind, id, title, at } }: { operation: string; task: Task }) {
  const words = useWords(runTogetherWords);
  const language = useLanguage();
  const isDay = kind === 'challenge_to_announce';
  const when = at ? (isDay ? longDay(at, language) : momentOf(at, language)) : '';
  return (
    <li className={shared.line}>
      <div>
        <p className={shared.plain} lang={OF_OPERATIONS}>
          {title}
        </p>
        <p className={shared.weak}>{words.tasks[kind](when)}</p>
      </div>
      <Link
        className={go.quiet}
        {...placeOf(kind, operation, id)}
        aria-label={words.verbFor(words.verbs[kind], title)}
      >
        {words.verbs[kind]}
      </Link>
    </li>
  );
}

function placeOf(kind: TaskKind, operation: string, id: string) {
  switch (kind) {
    case 'vote_ends':
    case 'poll_to_open':
      return {
        to: '/o/$operation/together/polls/$poll',
        params: { operation, poll: id },
      } as const;
    case 'article_to_publish':
      return {
        to: '/o/$operation/together/news/$article',
        params: { operation, article: id },
      } as const;
    case 'challenge_to_announce':
      return {
        to: '/o/$operation/together/challenges/$challenge',
        params: { operation, challenge: id },
      } as const;
    default:
      return {
        to: '/o/$operation/together/gatherings/$gathering',
        params: { operation, gathering: id },
      } as const;
  }
}
