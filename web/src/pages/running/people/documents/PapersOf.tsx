import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { paperWords } from '../../../../messages/running/papers';
import { Answer } from '../../../../parts/Answer';
import shared from '../../../../parts/Together.module.css';
import { papersQuery } from '../../../../queries/documentDesk';
import { useWords } from '../../../../words/language';
import { papersByState } from '../../../../words/papers';
import type { OfPerson } from '../OneMember';
import { PaperLine } from './PaperLine';

/** The papers of a member: what waits for a signature first. */
export function PapersOf({ operation, person: { id, name } }: OfPerson) {
  const words = useWords(paperWords);
  const query = useQuery(papersQuery(operation));
  return (
    <>
      <h2>{words.title}</h2>
      <Answer query={query}>
        {(papers) => {
          const theirs = papers.filter(({ member_id }) => member_id === id);
          const inOrder = papersByState(theirs, () => name, '').flatMap(([, ofState]) => ofState);
          if (inOrder.length === 0) return <p className={shared.weak}>{words.noneOfMember}</p>;
          return (
            <ul className={shared.list}>
              {inOrder.map((paper) => (
                <PaperLine key={paper.id} paper={paper} />
              ))}
            </ul>
          );
        }}
      </Answer>
      <Link
        className={shared.more}
        to="/o/$operation/people/documents/new"
        params={{ operation }}
        search={{ member: id }}
      >
        {words.newDocument}
      </Link>
    </>
  );
}
