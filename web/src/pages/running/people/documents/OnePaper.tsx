import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { documentWords } from '../../../../messages/documents';
import { paperWords } from '../../../../messages/running/papers';
import { BackToPapers } from '../../../../parts/Back';
import chips from '../../../../parts/Chip.module.css';
import { Heading } from '../../../../parts/Heading';
import { PageAnswer } from '../../../../parts/PageAnswer';
import { type Paper, paperQuery, recordPaper } from '../../../../queries/documentDesk';
import { OF_OPERATIONS, useWords } from '../../../../words/language';
import { InForce } from '../../../me/DocumentFacts';
import { useChanged } from '../../close/changed';
import { Files } from './Files';
import { useOwners } from './owners';
import { PaperForm, type Written } from './PaperForm';
import { Signed } from './Signed';

/** A paper: its files, and what became of each. */
export function OnePaper() {
  const { operation, document: id } = useParams({
    from: '/inside/o/$operation/people/documents/$document',
  });
  const query = useQuery(paperQuery(operation, id));
  return (
    <>
      <BackToPapers operation={operation} />
      <PageAnswer query={query}>
        {(paper) => (
          <>
            <Heading lang={OF_OPERATIONS}>{paper.title}</Heading>
            <Facts paper={paper} />
            <Files paper={paper} />
            <Signed paper={paper} key={paper.versions.length} />
            <Changing paper={paper} />
          </>
        )}
      </PageAnswer>
    </>
  );
}

function Facts({ paper }: { paper: Paper }) {
  const words = useWords(documentWords);
  const { operation_id: operation, member_id: member, state, kind } = paper;
  const whose = useOwners(operation)(paper);
  return (
    <p>
      <span className={chips.chip}>{words.states[state]}</span> {words.kinds[kind]} ·{' '}
      {member ? (
        <Link to="/o/$operation/people/members/$member" params={{ operation, member }}>
          {whose}
        </Link>
      ) : (
        whose
      )}{' '}
      · <InForce document={paper} />
    </p>
  );
}

function Changing({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const { operation_id, id } = paper;
  const attempt = useMutation({
    mutationFn: ({ body }: Written) => recordPaper(operation_id, id, body),
    onSuccess: useChanged(operation_id),
  });
  return (
    <details>
      <summary>{words.changeFacts}</summary>
      <PaperForm operation={operation_id} paper={paper} attempt={attempt} onSend={attempt.mutate} />
    </details>
  );
}
