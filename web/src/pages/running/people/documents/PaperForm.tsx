import { useState } from 'react';
import { documentWords } from '../../../../messages/documents';
import { paperWords } from '../../../../messages/running/papers';
import { Field } from '../../../../parts/Field';
import { FileField } from '../../../../parts/FileField';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import type { DocumentIn, Paper } from '../../../../queries/documentDesk';
import { dayAt, dayLater } from '../../../../words/dates';
import { PAPER_FILES } from '../../../../words/files';
import { fileIn, textIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';
import { usePeople } from './owners';

type Kind = DocumentIn['kind'];
const KINDS: readonly Kind[] = [
  'participation_agreement',
  'sale_contract',
  'invoicing_mandate',
  'supply_authorisation',
  'convention',
];

export interface Written {
  body: DocumentIn;
  /** Of a new one. */
  file: File | null;
}

interface PaperFormProps {
  operation: string;
  /** None: it is a new one. */
  paper?: Paper;
  /** Whose a new one is, where one comes from their page. */
  member?: string | undefined;
  attempt: { error: Error | null; isPending: boolean };
  onSend: (written: Written) => void;
}

/** What a paper is, whose, and how long it holds. Of one that is there: its title and term. */
export function PaperForm({ operation, paper, member, attempt, onSend }: PaperFormProps) {
  const words = useWords(paperWords);
  const { kinds } = useWords(documentWords);
  const people = usePeople(operation) ?? [];
  const [kind, setKind] = useState<Kind>(paper?.kind ?? 'participation_agreement');
  const [owner, setOwner] = useState(paper?.member_id ?? member ?? '');
  const isMembers = kind !== 'convention';
  const name = isMembers && people.find(({ id }) => id === owner)?.name;
  // Of a new one a title is proposed, until somebody writes another.
  const [written, setWritten] = useState(paper?.title ?? null);
  const proposed = name ? words.titleOf(kinds[kind], name) : kinds[kind];
  const send = (form: FormData) => {
    const lastDay = textIn(form, 'last_day');
    const body = {
      kind,
      title: textIn(form, 'title') ?? '',
      member_id: isMembers ? owner : null,
      valid_from: textIn(form, 'valid_from') ?? '',
      valid_to: lastDay && dayLater(lastDay, 1),
    };
    onSend({ body, file: fileIn(form, 'file') });
  };
  return (
    <SendForm attempt={attempt} onSend={send} submit={paper ? words.save : words.add} isWide>
      {!paper && (
        <>
          <SelectField
            name="kind"
            label={words.kind}
            options={KINDS.map((one) => [one, kinds[one]] as const)}
            value={kind}
            onChange={setKind}
          />
          {isMembers && (
            <SelectField
              name="member_id"
              label={words.whose}
              options={[['', words.choose], ...people.map((one) => [one.id, one.name] as const)]}
              value={owner}
              onChange={setOwner}
              isRequired
            />
          )}
        </>
      )}
      <Field
        name="title"
        type="text"
        label={words.heading}
        maxLength={200}
        value={written ?? proposed}
        onChange={setWritten}
      />
      <Field
        name="valid_from"
        type="date"
        label={words.from}
        defaultValue={paper?.valid_from ?? dayAt(new Date())}
      />
      <Field
        name="last_day"
        type="date"
        label={words.until}
        help={words.untilHelp}
        defaultValue={paper?.valid_to ? dayLater(paper.valid_to, -1) : ''}
        isOptional
      />
      {!paper && (
        <FileField name="file" label={words.file} help={words.fileHelp} accept={PAPER_FILES} />
      )}
    </SendForm>
  );
}
