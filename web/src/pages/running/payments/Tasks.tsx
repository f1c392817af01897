import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { paymentsWords } from '../../../messages/running/payments';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import shared from '../../../parts/Together.module.css';
import { type PaymentTask, paymentTasksQuery } from '../../../queries/paymentTasks';
import { fullDay } from '../../../words/dates';
import { type Language, useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';

type Words = (typeof paymentsWords)['fr'];

/** What has to be done about the money of an operation, one verb each. */
export function Tasks({ operation }: { operation: string }) {
  const words = useWords(paymentsWords);
  const query = useQuery(paymentTasksQuery(operation));
  return (
    <Card title={words.toDo}>
      <Answer query={query}>
        {(tasks) =>
          tasks.length === 0 ? (
            <p className={shared.weak}>{words.nothingToDo}</p>
          ) : (
            <ul className={shared.list}>
              {tasks.map((task) => (
                <Task key={`${task.kind} ${task.payee}`} operation={operation} task={task} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Card>
  );
}

function Task({ operation, task }: { operation: string; task: PaymentTask }) {
  const words = useWords(paymentsWords);
  const language = useLanguage();
  const verb = words[VERBS[task.kind]];
  return (
    <li className={shared.line}>
      <div>
        <p className={shared.plain}>{textOf(task, words, language)}</p>
        <p className={shared.weak}>{task.name}</p>
      </div>
      <Link
        className={go.quiet}
        to={PAGES[task.kind]}
        params={{ operation }}
        search={{ payee: task.payee }}
        aria-label={`${verb}, ${task.name}`}
      >
        {verb}
      </Link>
    </li>
  );
}

const PAGES: Record<PaymentTask['kind'], NonNullable<LinkProps['to']>> = {
  unmatched: '/o/$operation/payments/statements',
  statementWanted: '/o/$operation/payments/statements',
  asked: '/o/$operation/payments/mandates',
  collectable: '/o/$operation/payments/collections',
  dueReminders: '/o/$operation/payments/open',
  owedToOthers: '/o/$operation/payments/payouts',
  undelivered: '/o/$operation/payments/e-invoicing',
};

const VERBS = {
  unmatched: 'match',
  statementWanted: 'takeIn',
  asked: 'answer',
  collectable: 'collect',
  dueReminders: 'remind',
  owedToOthers: 'payOut',
  undelivered: 'look',
} as const;

function textOf(task: PaymentTask, words: Words, language: Language): string {
  switch (task.kind) {
    case 'collectable':
      return words.collectable(task.count, euros(task.cents, language));
    case 'owedToOthers':
      return words.owedToOthers(euros(task.cents, language));
    case 'statementWanted':
      return words.statementWanted(task.day && fullDay(task.day, language));
    default:
      return words[task.kind](task.count);
  }
}
