import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { paperWords } from '../../../messages/running/papers';
import { Answer } from '../../../parts/Answer';
import shared from '../../../parts/Together.module.css';
import type { OwnDocument } from '../../../queries/documents';
import { enrolmentsQuery } from '../../../queries/enrolments';
import { operationDocumentsQuery } from '../../../queries/operationDocuments';
import { perimeterQuery } from '../../../queries/perimeters';
import { operationPointsQuery } from '../../../queries/points';
import { useWords } from '../../../words/language';
import { waitingFirst } from '../../../words/papers';
import { peopleOf } from '../../../words/people';
import { Paper } from './Paper';
import { PeoplePage } from './PeoplePage';

/** All documents of an operation, those that wait for somebody first. */
export function Documents() {
  const { operation } = useParams({ from: '/inside/o/$operation/people/documents' });
  const words = useWords(paperWords);
  const query = useQuery(operationDocumentsQuery(operation));
  return (
    <PeoplePage operation={operation} page="documents">
      <p className={shared.lead}>{words.help}</p>
      <Answer query={query}>
        {(documents) =>
          documents.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            <Lists operation={operation} documents={waitingFirst(documents)} />
          )
        }
      </Answer>
    </PeoplePage>
  );
}

interface ListProps {
  operation: string;
  documents: readonly OwnDocument[];
}

function Lists({ operation, documents }: ListProps) {
  const words = useWords(paperWords);
  const waiting = documents.filter(({ state }) => state === 'draft' || state === 'sent');
  const rest = documents.filter((document) => !waiting.includes(document));
  return (
    <>
      <h2>{words.waiting}</h2>
      <p>{words.toSign(documents.filter(({ state }) => state === 'sent').length)}</p>
      <List operation={operation} documents={waiting} />
      {rest.length > 0 && (
        <>
          <h2>{words.rest}</h2>
          <List operation={operation} documents={rest} />
        </>
      )}
    </>
  );
}

function List({ operation, documents }: ListProps) {
  const { data: points = [] } = useQuery(operationPointsQuery(operation));
  const { data: enrolments = [] } = useQuery(enrolmentsQuery(operation));
  const { data: perimeter } = useQuery(perimeterQuery(operation));
  const names = new Map(peopleOf(points, enrolments).map(({ id, name }) => [id, name]));
  return documents.map((document) => {
    const name = document.member_id && names.get(document.member_id);
    return (
      <div key={document.id}>
        {document.member_id && name && (
          <Link
            className={shared.more}
            to="/o/$operation/people/members/$member"
            params={{ operation, member: document.member_id }}
          >
            {name}
          </Link>
        )}
        <Paper document={document} party={(document.member_id ? name : perimeter?.name) ?? ''} />
      </div>
    );
  });
}
