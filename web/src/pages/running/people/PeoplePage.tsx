import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { peopleWords } from '../../../messages/running/people';
import { BackToOperation } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { perimeterQuery } from '../../../queries/perimeters';
import { useWords } from '../../../words/language';
import { Filters } from '../../staff/Filters';

const PAGES = [
  ['board', '/o/$operation/people'],
  ['members', '/o/$operation/people/members'],
  ['documents', '/o/$operation/people/documents'],
  ['declarations', '/o/$operation/people/declarations'],
  ['import', '/o/$operation/people/import'],
  ['map', '/o/$operation/people/map'],
] as const;

export type PageOfPeople = (typeof PAGES)[number][0];

interface PeoplePageProps {
  operation: string;
  /** Which of them it is. */
  page: PageOfPeople;
  /** Its heading, where it is not that of the list of pages. */
  title?: string | undefined;
  children: ReactNode;
}

/** A page about the people of an operation, with the way to the others. */
export function PeoplePage({ operation, page, title, children }: PeoplePageProps) {
  const words = useWords(peopleWords);
  const query = useQuery(perimeterQuery(operation));
  return (
    <PageAnswer query={query}>
      {({ name }) => (
        <>
          <BackToOperation id={operation} name={name} />
          <Heading>{title ?? words[page]}</Heading>
          <Filters label={words.pages}>
            {PAGES.map(([word, to]) => [
              word,
              <Link
                key={word}
                to={to}
                params={{ operation }}
                activeOptions={{ exact: true }}
                aria-current={word === page ? 'page' : undefined}
              >
                {words.tabs[word]}
              </Link>,
            ])}
          </Filters>
          {children}
        </>
      )}
    </PageAnswer>
  );
}
