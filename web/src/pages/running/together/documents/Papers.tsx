import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { documentWords } from '../../../../messages/documents';
import { paperWords } from '../../../../messages/running/togetherDocuments';
import { Answer } from '../../../../parts/Answer';
import { BackToOperationTogether } from '../../../../parts/Back';
import { Card } from '../../../../parts/Card';
import go from '../../../../parts/Go.module.css';
import { Heading } from '../../../../parts/Heading';
import { SearchField } from '../../../../parts/SearchField';
import shared from '../../../../parts/Together.module.css';
import { type Paper, papersQuery } from '../../../../queries/documentDesk';
import { fullDay } from '../../../../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';
import { papersByState } from '../../../../words/paperGroups';
import { useOwners } from './whose';

/** Beyond so many, one looks for them. */
const FEW = 8;

/** The papers of an operation: what waits for a signature first. */
export function Papers() {
  const { operation } = useParams({ from: '/inside/o/$operation/together/documents' });
  const words = useWords(paperWords);
  const query = useQuery(papersQuery(operation));
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <Heading>{words.title}</Heading>
      <p>
        <Link className={go.go} to="/o/$operation/together/documents/new" params={{ operation }}>
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
    </>
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
              <li key={paper.id}>
                <Line paper={paper} name={nameOf(paper)} />
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </>
  );
}

function Line({ paper, name }: { paper: Paper; name: string }) {
  const words = useWords(documentWords);
  const language = useLanguage();
  const { id, operation_id, title, kind, signatures, versions } = paper;
  const last = signatures.findLast(({ version }) => version === versions.at(-1)?.number);
  return (
    <>
      <h3 className={shared.title} lang={OF_OPERATIONS}>
        <Link
          to="/o/$operation/together/documents/$document"
          params={{ operation: operation_id, document: id }}
        >
          {title}
        </Link>
      </h3>
      <p className={shared.weak}>
        {words.kinds[kind]} · {name}
        {last && ` · ${words[last.state](fullDay(last.day, language), last.party)}`}
      </p>
    </>
  );
}
