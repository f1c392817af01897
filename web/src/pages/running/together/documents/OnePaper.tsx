import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { documentWords } from '../../../../messages/documents';
import { paperWords } from '../../../../messages/running/togetherDocuments';
import { BackToPapers } from '../../../../parts/Back';
import { Card } from '../../../../parts/Card';
import chips from '../../../../parts/Chip.module.css';
import { Heading } from '../../../../parts/Heading';
import { PageAnswer } from '../../../../parts/PageAnswer';
import { SendForm } from '../../../../parts/SendForm';
import shared from '../../../../parts/Together.module.css';
import {
  addVersion,
  type DocumentIn,
  type Paper,
  paperChanged,
  paperQuery,
  recordPaper,
} from '../../../../queries/documentDesk';
import { OF_OPERATIONS, useWords } from '../../../../words/language';
import { InForce, PaperFile, Signatures } from '../../../me/DocumentFacts';
import { FileField, fileIn } from '../FileField';
import { PaperForm } from './PaperForm';
import { Signed } from './Signed';
import { useOwners } from './whose';

/** A paper: its files, and what became of the last one. */
export function OnePaper() {
  const { operation, document: id } = useParams({
    from: '/inside/o/$operation/together/documents/$document',
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
            {paper.versions.length > 0 && <Signed paper={paper} key={paper.versions.length} />}
            <Changing paper={paper} />
          </>
        )}
      </PageAnswer>
    </>
  );
}

function Facts({ paper }: { paper: Paper }) {
  const words = useWords(documentWords);
  const whose = useOwners(paper.operation_id)(paper);
  return (
    <>
      <p>
        <span className={chips.chip}>{words.states[paper.state]}</span> {words.kinds[paper.kind]} ·{' '}
        {whose} · <InForce document={paper} />
      </p>
      <Signatures document={paper} />
    </>
  );
}

function Files({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const { versions } = paper;
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (form: FormData) => {
      const file = fileIn(form, 'file');
      return file ? addVersion(paper, file) : Promise.resolve(paper);
    },
    onSuccess: (changed) => paperChanged(queries, changed),
  });
  const isFirst = versions.length === 0;
  const form = (
    <SendForm
      // Empty again once a file has come.
      key={versions.length}
      attempt={attempt}
      onSend={attempt.mutate}
      submit={words.upload}
    >
      {!isFirst && <p>{words.versionHelp}</p>}
      <FileField name="file" label={words.file} help={words.fileHelp} />
    </SendForm>
  );
  return (
    <Card title={words.files}>
      {isFirst && <p className={shared.weak}>{words.noFile}</p>}
      {versions.toReversed().map((version) => (
        <PaperFile key={version.number} document={paper} version={version} />
      ))}
      {isFirst ? (
        form
      ) : (
        <details>
          <summary>{words.addVersion}</summary>
          {form}
        </details>
      )}
    </Card>
  );
}

function Changing({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (body: DocumentIn) => recordPaper(paper.operation_id, paper.id, body),
    onSuccess: (changed) => paperChanged(queries, changed),
  });
  return (
    <details>
      <summary>{words.changeFacts}</summary>
      <PaperForm
        operation={paper.operation_id}
        paper={paper}
        attempt={attempt}
        onSend={attempt.mutate}
      />
    </details>
  );
}
