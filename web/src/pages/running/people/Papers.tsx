import { useQuery } from '@tanstack/react-query';
import { paperWords } from '../../../messages/running/papers';
import { Answer } from '../../../parts/Answer';
import shared from '../../../parts/Together.module.css';
import { operationDocumentsQuery } from '../../../queries/operationDocuments';
import { useWords } from '../../../words/language';
import { waitingFirst } from '../../../words/papers';
import { NewPaper } from './NewPaper';
import type { OfPerson } from './OneMember';
import { Paper } from './Paper';

/** The documents of a member: what is to be signed, and what was. */
export function Papers({ operation, person }: OfPerson) {
  const words = useWords(paperWords);
  const query = useQuery(operationDocumentsQuery(operation));
  return (
    <>
      <h2>{words.title}</h2>
      <Answer query={query}>
        {(documents) => {
          const theirs = documents.filter(({ member_id }) => member_id === person.id);
          return (
            <>
              {theirs.length === 0 && <p className={shared.weak}>{words.noneYet}</p>}
              {waitingFirst(theirs).map((document) => (
                <Paper key={document.id} document={document} party={person.name} />
              ))}
            </>
          );
        }}
      </Answer>
      <NewPaper operation={operation} person={person} />
    </>
  );
}
