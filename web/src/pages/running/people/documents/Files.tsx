import { useMutation } from '@tanstack/react-query';
import { paperWords } from '../../../../messages/running/papers';
import { Card } from '../../../../parts/Card';
import { FileField } from '../../../../parts/FileField';
import { SendForm } from '../../../../parts/SendForm';
import shared from '../../../../parts/Together.module.css';
import { addVersion, type Paper } from '../../../../queries/documentDesk';
import { PAPER_FILES } from '../../../../words/files';
import { fileIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';
import { PaperFile, Signatures } from '../../../me/DocumentFacts';
import { useChanged } from '../../close/changed';

/** The versions of a paper, the last one first, what became of each; and another one. */
export function Files({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const { versions } = paper;
  return (
    <Card title={words.files}>
      {versions.length === 0 && <p className={shared.weak}>{words.noFile}</p>}
      {versions.toReversed().map((version) => (
        <div key={version.number}>
          <PaperFile document={paper} version={version} />
          <Signatures document={paper} version={version} />
        </div>
      ))}
      {versions.length === 0 ? (
        <Adding paper={paper} />
      ) : (
        <details key={versions.length}>
          <summary>{words.addVersion}</summary>
          <p>{words.versionHelp}</p>
          <Adding paper={paper} />
        </details>
      )}
    </Card>
  );
}

function Adding({ paper }: { paper: Paper }) {
  const words = useWords(paperWords);
  const attempt = useMutation({
    mutationFn: (file: File) => addVersion(paper, file),
    onSuccess: useChanged(paper.operation_id),
  });
  const send = (form: FormData) => {
    const file = fileIn(form, 'file');
    if (file) attempt.mutate(file);
  };
  return (
    <SendForm attempt={attempt} onSend={send} submit={words.upload}>
      <FileField name="file" label={words.file} help={words.fileHelp} accept={PAPER_FILES} />
    </SendForm>
  );
}
