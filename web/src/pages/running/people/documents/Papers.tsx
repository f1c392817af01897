import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { paperWords } from '../../../../messages/running/papers';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import go from '../../../../parts/Go.module.css';
import { SearchField } from '../../../../parts/SearchField';
import shared from '../../../../parts/Together.module.css';
import { type Paper, papersQuery } from '../../../../queries/documentDesk';
import { useWords } from '../../../../words/language';
import { papersByState } from '../../../../words/papers';
import { PeoplePage } from '../PeoplePage';
import { useOwners } from './owners';
import { PaperLine } from './PaperLine';

/** Beyond so many, one looks for them. */
const FEW = 8;

/** The papers of an operation: what waits for a signature first. */
export function Papers() {
  const { operation } = useParams({ from: '/inside/o/$operation/people/documents' });
  const words = useWords(paperWords);
  const query = useQuery(papersQuery(operation));
  return (
    <PeoplePage operation={operation} page="documents">
      <p className={shared.lead}>{words.lead}</p>
      <p>
        <Link className={go.go} to="/o/$operation/people/documents/new" params={{ operation }}>
          {words.newDocument}
        </Link>
      </p>
      <Answer query={query}>
        {(papers) =>
          papers.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            <Lists operation={operation} papers={papers} />
          )
        }
      </Answer>
    </PeoplePage>
  );
}

function Lists({ operation, papers }: { operation: string; papers: readonly Paper[] }) {
  const words = useWords(paperWords);
  const nameOf = useOwners(operation);
  const [sought, seek] = useState('');
  const groups = papersByState(papers, nameOf, sought);
  return (
    <>
      {papers.length > FEW && <SearchField label={words.search} value={sought} onChange={seek} />}
      {groups.length === 0 && <p role="status">{words.nothingLike}</p>}
      {groups.map(([state, ofState]) => (
        <Card key={state} title={words.groups[state]}>
          <ul className={shared.list}>
            {ofState.map((paper) => (
              <PaperLine key={paper.id} paper={paper} name={nameOf(paper)} />
            ))}
          </ul>
        </Card>
      ))}
    </>
  );
}
