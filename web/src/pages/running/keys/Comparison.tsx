import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { problemTold } from '../../../api/problem';
import { simulationWords } from '../../../messages/running/simulations';
import { BackToKeys } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { Refusal } from '../../../parts/Refusal';
import { SendForm } from '../../../parts/SendForm';
import {
  cancelSimulation,
  isUnderWay,
  type Simulation,
  simulationQuery,
} from '../../../queries/simulations';
import { fullDay } from '../../../words/dates';
import { daysOf } from '../../../words/keyScenarios';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { Compared } from './Compared';

/** A comparison of keys: its progress, then what each of them gives. */
export function Comparison() {
  const { operation, simulation: id } = useParams({
    from: '/inside/o/$operation/keys/compare/$simulation',
  });
  const words = useWords(simulationWords);
  const query = useQuery(simulationQuery(id));
  return (
    <>
      <BackToKeys operation={operation} />
      <PageAnswer query={query}>
        {(simulation) =>
          simulation ? (
            <>
              <Heading {...(simulation.title ? { lang: OF_OPERATIONS } : {})}>
                {simulation.title ?? words.title}
              </Heading>
              <Facts simulation={simulation} />
              <Outcome operation={operation} simulation={simulation} />
            </>
          ) : (
            <>
              <Heading>{words.title}</Heading>
              <p>{words.gone}</p>
            </>
          )
        }
      </PageAnswer>
      <p>
        <Link to="/o/$operation/keys/compare" params={{ operation }}>
          {words.again}
        </Link>
      </p>
    </>
  );
}

function Facts({ simulation }: { simulation: Simulation }) {
  const words = useWords(simulationWords);
  const language = useLanguage();
  const days = daysOf(simulation);
  const { missing_steps } = simulation;
  return (
    <p>
      {days && words.period(fullDay(days.from, language), fullDay(days.last, language))}{' '}
      {missing_steps !== null &&
        (missing_steps === 0 ? words.missingNone : words.missing(missing_steps))}
    </p>
  );
}

function Outcome({ operation, simulation }: { operation: string; simulation: Simulation }) {
  const words = useWords(simulationWords);
  const { state, failure, result } = simulation;
  if (isUnderWay(simulation)) return <UnderWay simulation={simulation} />;
  if (result) return <Compared operation={operation} simulation={simulation} />;
  if (state === 'cancelled') return <p>{words.cancelled}</p>;
  const known = words.failures[(failure?.type ?? '').replace('/problems/', '')];
  return (
    <>
      <p>
        {words.failed} {known}
      </p>
      {!known && <Refusal error={problemTold({ ...failure })} />}
    </>
  );
}

function UnderWay({ simulation }: { simulation: Simulation }) {
  const words = useWords(simulationWords);
  const query = useQuery(simulationQuery(simulation.id));
  const attempt = useMutation({
    mutationFn: () => cancelSimulation(simulation.id),
    onSuccess: () => query.refetch(),
  });
  const { state, progress } = simulation;
  const isCounted = state === 'running' && progress.total > 0;
  const text = isCounted ? words.running(progress.done, progress.total) : words.waiting;
  return (
    <>
      <p role="status">{text}</p>
      <progress
        aria-label={words.title}
        max={progress.total || 1}
        {...(isCounted ? { value: progress.done } : {})}
      />
      <SendForm attempt={attempt} submit={words.stop} onSend={() => attempt.mutate()} />
    </>
  );
}
