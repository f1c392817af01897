import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { documentWords } from '../../../messages/documents';
import { paperWords } from '../../../messages/running/papers';
import { Field } from '../../../parts/Field';
import { FileField } from '../../../parts/FileField';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { addVersion, type DocumentKind, recordDocument } from '../../../queries/operationDocuments';
import { dayAt } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { PAPER_KINDS } from '../../../words/papers';
import { useChanged } from '../close/changed';
import { PAPER_FILES } from './NewVersion';
import type { OfPerson } from './OneMember';

/** Of a member all kinds but the convention, which is the operation's. */
const KINDS = PAPER_KINDS.filter((kind) => kind !== 'convention');

/** A new document with its first version. */
export function NewPaper({ operation, person }: OfPerson) {
  const words = useWords(paperWords);
  const { kinds } = useWords(documentWords);
  const [kind, setKind] = useState<DocumentKind>('participation_agreement');
  // The same one as long as its file was not taken: a second try makes no second document.
  const [id, setId] = useState(() => crypto.randomUUID());
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      await recordDocument(operation, id, {
        kind,
        title: textIn(form, 'title') ?? words.nameOf(kinds[kind], person.name),
        member_id: person.id,
        valid_from: textIn(form, 'valid_from') ?? '',
        valid_to: textIn(form, 'valid_to'),
      });
      await addVersion(operation, id, form.get('file') as File);
    },
    onSuccess: () => {
      setId(crypto.randomUUID());
      return changed();
    },
  });
  return (
    <>
      <Said>{attempt.isSuccess && words.added}</Said>
      <details key={id}>
        <summary>{words.add}</summary>
        <SendForm attempt={attempt} submit={words.addGo} isWide onSend={attempt.mutate}>
          <p className={shared.weak}>{words.addHelp}</p>
          <SelectField
            name="kind"
            label={words.kind}
            options={KINDS.map((one) => [one, kinds[one]] as const)}
            value={kind}
            onChange={setKind}
          />
          <Field
            key={kind}
            name="title"
            type="text"
            maxLength={200}
            label={words.name}
            defaultValue={words.nameOf(kinds[kind], person.name)}
          />
          <Field
            name="valid_from"
            type="date"
            label={words.from}
            defaultValue={dayAt(new Date())}
          />
          <Field name="valid_to" type="date" label={words.to} help={words.toHelp} isOptional />
          <FileField name="file" label={words.file} help={words.fileHelp} accept={PAPER_FILES} />
        </SendForm>
      </details>
    </>
  );
}
