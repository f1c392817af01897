import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { settingUpRefusals } from '../../../messages/refusals/settingUp';
import { setUpWords } from '../../../messages/running/setUp';
import { BackToSetUp } from '../../../parts/Back';
import go from '../../../parts/Go.module.css';
import { Heading } from '../../../parts/Heading';
import { Icon } from '../../../parts/Icon';
import { PageAnswer } from '../../../parts/PageAnswer';
import { MoreRefusals } from '../../../parts/Refusal';
import shared from '../../../parts/Together.module.css';
import { factsOf, setUpQuery } from '../../../queries/setUp';
import { useWords } from '../../../words/language';
import {
  missingFor,
  SET_UP_STEPS,
  type SetUpStep,
  setUpStates,
  stepToDo,
} from '../../../words/setUpSteps';
import { FirstMonth } from './FirstMonth';
import { KeyStep } from './KeyStep';
import { LegalBasis } from './LegalBasis';
import type { OfSetUp } from './ofSetUp';
import { Participants } from './Participants';
import { Prices } from './Prices';
import { Readings } from './Readings';
import { Runners } from './Runners';
import { Sellers } from './Sellers';
import { Taxes } from './Taxes';

const BODIES: Record<SetUpStep, ComponentType<OfSetUp>> = {
  organisers: Runners,
  'legal-basis': LegalBasis,
  participants: Participants,
  key: KeyStep,
  prices: Prices,
  sellers: Sellers,
  taxes: Taxes,
  readings: Readings,
  'first-month': FirstMonth,
};

/** One step of the path: what it is for, its form, and the way on. */
export function Step() {
  const { operation, step: name } = useParams({ from: '/inside/o/$operation/setup/$step' });
  // The route lets only steps pass.
  const step = name as SetUpStep;
  const words = useWords(setUpWords);
  const query = useQuery(setUpQuery(operation));
  const Body = BODIES[step];
  return (
    <MoreRefusals value={settingUpRefusals}>
      <BackToSetUp operation={operation} />
      <PageAnswer query={query}>
        {(setUp) => (
          <>
            <Heading>{words.names[step]}</Heading>
            <p className={shared.weak}>
              {words.step(SET_UP_STEPS.indexOf(step) + 1, SET_UP_STEPS.length)}
            </p>
            <p className={shared.lead}>{words.whys[step]}</p>
            <Blocked operation={operation} setUp={setUp} step={step} />
            <Body key={step} operation={operation} setUp={setUp} />
            <Next operation={operation} setUp={setUp} step={step} />
          </>
        )}
      </PageAnswer>
    </MoreRefusals>
  );
}

/** What has to be done before, with the ways there. */
function Blocked({ operation, setUp, step }: OfSetUp & { step: SetUpStep }) {
  const words = useWords(setUpWords);
  const states = setUpStates(factsOf(setUp));
  if (states[step] !== 'blocked') return null;
  return (
    <>
      <p>{words.blockedBy}</p>
      <ul>
        {missingFor(step, states).map((missing) => (
          <li key={missing}>
            <Link to="/o/$operation/setup/$step" params={{ operation, step: missing }}>
              {words.names[missing]}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Once a step is done, the next one that can be. */
function Next({ operation, setUp, step }: OfSetUp & { step: SetUpStep }) {
  const words = useWords(setUpWords);
  const states = setUpStates(factsOf(setUp));
  const next = stepToDo(states);
  if (states[step] !== 'done' || !next) return null;
  return (
    <div className={shared.actions}>
      <span className={shared.state}>
        <Icon name="done" /> {words.states.done}
      </span>
      <Link className={go.go} to="/o/$operation/setup/$step" params={{ operation, step: next }}>
        {words.next(words.names[next])}
      </Link>
    </div>
  );
}
