import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { writingNewsWords } from '../../../../messages/running/togetherNews';
import { BackToOperationTogether } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import { useWords } from '../../../../words/language';
import { Writing } from './Writing';

/** News that nobody has written yet. */
export function NewArticle() {
  const { operation } = useParams({ from: '/inside/o/$operation/together/news/new' });
  const words = useWords(writingNewsWords);
  const navigate = useNavigate();
  const [article] = useState(() => crypto.randomUUID());
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <Heading>{words.newTitle}</Heading>
      <Writing
        operation={operation}
        id={article}
        onSaved={() =>
          void navigate({
            to: '/o/$operation/together/news/$article',
            params: { operation, article },
            replace: true,
          })
        }
      />
    </>
  );
}
