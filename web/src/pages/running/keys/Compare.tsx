import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { simulationWords } from '../../../messages/running/simulations';
import { Answer } from '../../../parts/Answer';
import { BackToKeys } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import shared from '../../../parts/Together.module.css';
import { keysQuery } from '../../../queries/keys';
import { perimeterQuery } from '../../../queries/perimeters';
import { type SimulationHead, simulationsQuery } from '../../../queries/simulations';
import { lastMonthOver } from '../../../words/dates';
import { fullDayOf } from '../../../words/instants';
import { monthsOver } from '../../../words/keyScenarios';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { CompareForm } from './CompareForm';

/** What other keys would have given: asked for here, and what was asked before. */
export function Compare() {
  const { operation } = useParams({ from: '/inside/o/$operation/keys/compare' });
  const words = useWords(simulationWords);
  const perimeter = useQuery(perimeterQuery(operation));
  const keys = useQuery(keysQuery(operation));
  const earlier = useQuery(simulationsQuery(operation));
  return (
    <>
      <BackToKeys operation={operation} />
      <Heading>{words.title}</Heading>
      <p>{words.help}</p>
      <Answer query={perimeter}>
        {(known) => (
          <Answer query={keys}>
            {(all) => {
              const first = known.valid_from.slice(0, 7);
              const months = monthsOver(first, lastMonthOver(new Date()));
              if (months.length === 0) return <p>{words.noMonth}</p>;
              return <CompareForm perimeter={known} keys={all} months={months} />;
            }}
          </Answer>
        )}
      </Answer>
      <h2>{words.earlier}</h2>
      <Answer query={earlier}>{(heads) => <Earlier operation={operation} heads={heads} />}</Answer>
    </>
  );
}

function Earlier({ operation, heads }: { operation: string; heads: readonly SimulationHead[] }) {
  const words = useWords(simulationWords);
  const language = useLanguage();
  if (heads.length === 0) return <p className={shared.weak}>{words.none}</p>;
  return (
    <ul className={shared.list}>
      {heads.map(({ id, title, scenarios, asked_at, state }) => (
        <li key={id}>
          <p className={shared.plain}>
            <Link
              to="/o/$operation/keys/compare/$simulation"
              params={{ operation, simulation: id }}
              lang={OF_OPERATIONS}
            >
              {title ?? scenarios.join(' · ')}
            </Link>
          </p>
          <p className={shared.weak}>
            {words.askedOn(fullDayOf(asked_at, language))}, {words.states[state]}
          </p>
        </li>
      ))}
    </ul>
  );
}
