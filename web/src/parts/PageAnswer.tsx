import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { shellWords } from '../messages/shell';
import { useWords } from '../words/language';
import { Answer } from './Answer';
import { Heading } from './Heading';

interface PageAnswerProps<Data> {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** As Answer, for a page whose heading is in the answer: one that failed has a heading too. */
export function PageAnswer<Data>({ query, children }: PageAnswerProps<Data>) {
  const words = useWords(shellWords);
  return (
    <>
      {query.error && query.data === undefined && <Heading>{words.failed}</Heading>}
      <Answer query={query}>{children}</Answer>
    </>
  );
}
