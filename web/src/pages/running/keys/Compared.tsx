import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { simulationWords } from '../../../messages/running/simulations';
import { Card } from '../../../parts/Card';
import { Download } from '../../../parts/Download';
import { Why } from '../../../parts/Why';
import { keysQuery } from '../../../queries/keys';
import { loadResults, type Simulation } from '../../../queries/simulations';
import { comparedIn, lookedAt, type Compared as One } from '../../../words/keyScenarios';
import { type Language, useLanguage, useWords } from '../../../words/language';
import styles from './Compared.module.css';
import { DraftOf } from './DraftOf';
import { Members } from './Members';
import { kindName } from './names';
import { Totals } from './Totals';

interface ComparedProps {
  operation: string;
  simulation: Simulation;
}

/** All that was compared as columns, then one of them beside the first, member by member. */
export function Compared({ operation, simulation }: ComparedProps) {
  const words = useWords(simulationWords);
  const language = useLanguage();
  const { scenario } = useSearch({ from: '/inside/o/$operation/keys/compare/$simulation' });
  const { data: keys = [] } = useQuery(keysQuery(operation));
  const compared = comparedIn(simulation);
  const named = compared.map((one) => ({ ...one, name: nameOf(one, language) }));
  const [first] = named;
  const place = lookedAt(compared, scenario);
  const chosen = named[place];
  if (!first || !chosen) return null;
  return (
    <>
      <h2>{words.totals}</h2>
      <Totals compared={named} />
      <Why title={words.why}>
        <p>{words.whyGini}</p>
        <p>{words.whyMoney}</p>
        <p>{words.whySame}</p>
      </Why>
      <Download name="comparaison.csv" load={() => loadResults(simulation.id)}>
        {words.csv}
      </Download>
      {place > 0 && (
        <>
          <h2>{words.members}</h2>
          {named.length > 2 && (
            <nav className={styles.choices} aria-label={words.closer}>
              {named.slice(1).map(({ name }, before) => (
                <Link
                  key={name}
                  to="/o/$operation/keys/compare/$simulation"
                  params={{ operation, simulation: simulation.id }}
                  search={{ scenario: before + 1 }}
                  resetScroll={false}
                  replace
                  activeProps={{}}
                  aria-current={before + 1 === place ? 'true' : undefined}
                >
                  {name}
                </Link>
              ))}
            </nav>
          )}
          <Members operation={operation} first={first} then={chosen} />
          {chosen.definition && (
            <div className={styles.draft}>
              <Card title={words.draftTitle}>
                <DraftOf
                  key={place}
                  operation={operation}
                  definition={chosen.definition}
                  name={chosen.isProposal ? kindName(chosen.definition, language) : chosen.name}
                  keys={keys}
                />
              </Card>
            </div>
          )}
        </>
      )}
    </>
  );
}

function nameOf({ outcome, isProposal, definition }: One, language: Language): string {
  if (!isProposal || !definition) return outcome.name;
  return simulationWords[language].proposal(kindName(definition, language).toLowerCase());
}
