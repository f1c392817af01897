import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { settingsWords } from '../../../messages/running/settings';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { LongField } from '../../../parts/LongField';
import { Markdown } from '../../../parts/Markdown';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import {
  presentationQuery,
  type Presentation as Shown,
  savePresentation,
} from '../../../queries/operationSettings';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

/** What anybody may read, as it is written and as it will look. */
export function Presentation({ operation }: { operation: string }) {
  const words = useWords(settingsWords);
  const query = useQuery(presentationQuery(operation));
  return (
    <Card title={words.presentation}>
      <p className={shared.weak}>{words.presentationHelp}</p>
      <Answer query={query}>
        {(shown) => (
          <>
            <Form operation={operation} shown={shown} />
            {shown.is_public && (
              <Link className={shared.more} to="/operations/$operation" params={{ operation }}>
                {words.seePublic}
              </Link>
            )}
          </>
        )}
      </Answer>
    </Card>
  );
}

function Form({ operation, shown }: { operation: string; shown: Shown }) {
  const words = useWords(settingsWords);
  const [text, setText] = useState(shown.text ?? '');
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      savePresentation(operation, {
        is_public: form.has('is_public'),
        takes_members: form.has('takes_members'),
        contact_email: textIn(form, 'contact_email'),
        commune_names: namesIn(textIn(form, 'communes')),
        text: text.replaceAll('\r\n', '\n').trim() || null,
      }),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
        <TickField name="is_public" label={words.isPublic} isTicked={shown.is_public} />
        <TickField name="takes_members" label={words.takesMembers} isTicked={shown.takes_members} />
        <Field
          name="contact_email"
          type="email"
          label={words.contactEmail}
          help={words.contactEmailHelp}
          defaultValue={shown.contact_email ?? ''}
          isOptional
        />
        <Field
          name="communes"
          type="text"
          maxLength={2000}
          label={words.communes}
          help={words.communesHelp}
          defaultValue={shown.commune_names.join(', ')}
          isOptional
        />
        <LongField
          name="text"
          rows={8}
          maxLength={5000}
          label={words.text}
          help={words.textHelp}
          defaultValue={shown.text ?? ''}
          onChange={setText}
          isOptional
        />
        <section aria-label={words.preview}>
          <h3 className={shared.part}>{words.preview}</h3>
          {text.trim() ? (
            <Markdown>{text}</Markdown>
          ) : (
            <p className={shared.weak}>{words.emptyText}</p>
          )}
        </section>
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}

function namesIn(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}
