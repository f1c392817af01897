import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { paperWords } from '../../../../messages/running/togetherDocuments';
import { BackToPapers } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import { type DocumentIn, paperChanged, recordPaper } from '../../../../queries/documentDesk';
import { useWords } from '../../../../words/language';
import { PaperForm } from './PaperForm';

/** A paper that is not recorded yet. */
export function NewPaper() {
  const { operation } = useParams({ from: '/inside/o/$operation/together/documents/new' });
  const words = useWords(paperWords);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [document] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: (body: DocumentIn) => recordPaper(operation, document, body),
    onSuccess: async (paper) => {
      await paperChanged(queries, paper);
      await navigate({
        to: '/o/$operation/together/documents/$document',
        params: { operation, document },
        replace: true,
      });
    },
  });
  return (
    <>
      <BackToPapers operation={operation} />
      <Heading>{words.newTitle}</Heading>
      <p>{words.thenFile}</p>
      <PaperForm operation={operation} attempt={attempt} onSend={attempt.mutate} />
    </>
  );
}
