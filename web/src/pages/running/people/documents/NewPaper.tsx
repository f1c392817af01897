import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { paperWords } from '../../../../messages/running/papers';
import { BackToPapers } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import { addVersion, recordPaper } from '../../../../queries/documentDesk';
import { useWords } from '../../../../words/language';
import { useChanged } from '../../close/changed';
import { PaperForm, type Written } from './PaperForm';

const ROUTE = '/inside/o/$operation/people/documents/new';

/** A paper that is not recorded yet, with its first file. */
export function NewPaper() {
  const { operation } = useParams({ from: ROUTE });
  const { member } = useSearch({ from: ROUTE });
  const words = useWords(paperWords);
  const changed = useChanged(operation);
  const navigate = useNavigate();
  // The same one as long as its file was not taken: a second try makes no second paper.
  const [document] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: async ({ body, file }: Written) => {
      const paper = await recordPaper(operation, document, body);
      if (file) await addVersion(paper, file);
    },
    onSuccess: async () => {
      await changed();
      await navigate({
        to: '/o/$operation/people/documents/$document',
        params: { operation, document },
        replace: true,
      });
    },
  });
  return (
    <>
      <BackToPapers operation={operation} />
      <Heading>{words.newDocument}</Heading>
      <p>{words.newHelp}</p>
      <PaperForm operation={operation} member={member} attempt={attempt} onSend={attempt.mutate} />
    </>
  );
}
