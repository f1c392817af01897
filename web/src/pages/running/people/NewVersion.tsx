import { useMutation } from '@tanstack/react-query';
import { paperWords } from '../../../messages/running/papers';
import { FileField } from '../../../parts/FileField';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import type { OwnDocument } from '../../../queries/documents';
import { addVersion } from '../../../queries/operationDocuments';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

export const PAPER_FILES = '.pdf,.odt,.docx,.png,.jpg,.jpeg';

/** Another file of a document, which is then to be signed in its turn. */
export function NewVersion({ document }: { document: OwnDocument }) {
  const words = useWords(paperWords);
  const { operation_id, id } = document;
  const changed = useChanged(operation_id);
  const attempt = useMutation({
    mutationFn: (form: FormData) => addVersion(operation_id, id, form.get('file') as File),
    onSuccess: changed,
  });
  return (
    <details>
      <summary>{words.addVersion}</summary>
      <SendForm attempt={attempt} submit={words.send} isWide onSend={attempt.mutate}>
        <p className={shared.weak}>{words.addVersionHelp}</p>
        <FileField name="file" label={words.file} help={words.fileHelp} accept={PAPER_FILES} />
      </SendForm>
    </details>
  );
}
