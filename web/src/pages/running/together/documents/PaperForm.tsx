import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { documentWords } from '../../../../messages/documents';
import { paperWords } from '../../../../messages/running/togetherDocuments';
import { Field } from '../../../../parts/Field';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import type { DocumentIn, Paper } from '../../../../queries/documentDesk';
import { membersQuery } from '../../../../queries/perimeters';
import { dayLater } from '../../../../words/dates';
import { textIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';

type Kind = DocumentIn['kind'];
const KINDS: readonly Kind[] = [
  'participation_agreement',
  'sale_contract',
  'invoicing_mandate',
  'supply_authorisation',
  'convention',
];

interface PaperFormProps {
  operation: string;
  paper?: Paper;
  attempt: { error: Error | null; isPending: boolean };
  onSend: (body: DocumentIn) => void;
}

/** What a paper is, whose, and how long it holds. Of one that is there: its title and term. */
export function PaperForm({ operation, paper, attempt, onSend }: PaperFormProps) {
  const words = useWords(paperWords);
  const { kinds } = useWords(documentWords);
  const { data: members } = useQuery(membersQuery(operation));
  const [kind, setKind] = useState<Kind>(paper?.kind ?? 'participation_agreement');
  const [chosen, choose] = useState(paper?.member_id ?? '');
  const member = chosen || (members?.[0]?.id ?? '');
  const isMembers = kind !== 'convention';
  const send = (form: FormData) => {
    const lastDay = textIn(form, 'last_day');
    onSend({
      kind,
      title: textIn(form, 'title') ?? '',
      member_id: isMembers ? member : null,
      valid_from: textIn(form, 'valid_from') ?? '',
      valid_to: lastDay && dayLater(lastDay, 1),
    });
  };
  return (
    <SendForm attempt={attempt} onSend={send} submit={words.record}>
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
              options={(members ?? []).map(({ id, name }) => [id, name] as const)}
              value={member}
              onChange={choose}
            />
          )}
        </>
      )}
      <Field
        name="title"
        type="text"
        label={words.heading}
        maxLength={200}
        defaultValue={paper?.title ?? ''}
      />
      <Field
        name="valid_from"
        type="date"
        label={words.from}
        defaultValue={paper?.valid_from ?? ''}
      />
      <Field
        name="last_day"
        type="date"
        label={words.until}
        help={words.untilHelp}
        defaultValue={paper?.valid_to ? dayLater(paper.valid_to, -1) : ''}
        isOptional
      />
    </SendForm>
  );
}
