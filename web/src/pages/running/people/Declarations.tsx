import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { declarationWords } from '../../../messages/running/declarations';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Download } from '../../../parts/Download';
import shared from '../../../parts/Together.module.css';
import { Why } from '../../../parts/Why';
import {
  type Declaration,
  declarationsQuery,
  loadDeclaration,
} from '../../../queries/declarations';
import { fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { Agreed } from './Agreed';
import { DeclarationLines, movementsIn } from './DeclarationLines';
import { Declaring } from './Declaring';
import { DsoPerimeter } from './DsoPerimeter';
import { PeoplePage } from './PeoplePage';

/** What the grid operator is to be told, and what it was told. */
export function Declarations() {
  const { operation } = useParams({ from: '/inside/o/$operation/people/declarations' });
  const words = useWords(declarationWords);
  const query = useQuery(declarationsQuery(operation));
  return (
    <PeoplePage operation={operation} page="declarations">
      <p className={shared.lead}>{words.lead}</p>
      <Declaring operation={operation} />
      <Card title={words.past}>
        <Answer query={query}>
          {(declarations) =>
            declarations.length === 0 ? (
              <p className={shared.weak}>{words.noPast}</p>
            ) : (
              <ul className={shared.list}>
                {declarations.map((declaration) => (
                  <Made key={declaration.id} declaration={declaration} />
                ))}
              </ul>
            )
          }
        </Answer>
        <Why title={words.why}>
          <p>{words.whyText}</p>
        </Why>
      </Card>
      <DsoPerimeter operation={operation} />
      <Agreed operation={operation} />
    </PeoplePage>
  );
}

function Made({ declaration }: { declaration: Declaration }) {
  const words = useWords(declarationWords);
  const language = useLanguage();
  const day = fullDay(declaration.declared_on, language);
  const { operation_id, declared_on, lines, downloads } = declaration;
  const { entries, exits } = movementsIn(lines);
  return (
    <li>
      <p className={shared.plain}>
        <strong>{words.ofDay(day)}</strong> · {words.count(entries, exits)}
      </p>
      <p className={shared.weak}>{words.downloads(downloads.length)}</p>
      <Download
        name={`${operation_id}-${declared_on}.csv`}
        label={words.downloadOf(day)}
        load={() => loadDeclaration(declaration)}
      >
        {words.download}
      </Download>
      <details>
        <summary>{words.lines}</summary>
        <DeclarationLines operation={operation_id} lines={lines} />
      </details>
    </li>
  );
}
