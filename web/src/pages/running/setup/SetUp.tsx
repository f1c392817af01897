import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { setUpWords } from '../../../messages/running/setUp';
import { BackToOperation } from '../../../parts/Back';
import go from '../../../parts/Go.module.css';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import shared from '../../../parts/Together.module.css';
import { factsOf, type SetUp as OfOperation, setUpQuery } from '../../../queries/setUp';
import { useWords } from '../../../words/language';
import { SET_UP_STEPS, setUpStates, stepToDo } from '../../../words/setUpSteps';
import { StepList } from './StepList';

/** The path from nothing to the first invoice: what is done of it, and what comes next. */
export function SetUp() {
  const { operation } = useParams({ from: '/inside/o/$operation/setup' });
  const words = useWords(setUpWords);
  const query = useQuery(setUpQuery(operation));
  return (
    <PageAnswer query={query}>
      {(setUp) => (
        <>
          <BackToOperation id={operation} name={setUp.operation.name} />
          <Heading>{words.title(setUp.operation.name)}</Heading>
          <p className={shared.lead}>{words.lead}</p>
          <Path operation={operation} setUp={setUp} hasWhys />
        </>
      )}
    </PageAnswer>
  );
}

interface PathProps {
  operation: string;
  setUp: OfOperation;
  hasWhys?: boolean;
}

/** How far it is, the steps, and the one to go on with. */
export function Path({ operation, setUp, hasWhys = false }: PathProps) {
  const words = useWords(setUpWords);
  const states = setUpStates(factsOf(setUp));
  const done = SET_UP_STEPS.filter((step) => states[step] === 'done').length;
  const next = stepToDo(states);
  return (
    <>
      <p>
        {done === SET_UP_STEPS.length ? words.finished : words.progress(done, SET_UP_STEPS.length)}
      </p>
      {next && (
        <Link className={go.go} to="/o/$operation/setup/$step" params={{ operation, step: next }}>
          {words.goOn(words.names[next])}
        </Link>
      )}
      <StepList operation={operation} states={states} hasWhys={hasWhys} />
    </>
  );
}
