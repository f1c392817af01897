import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { runTogetherWords } from '../../../../messages/running/together';
import { writingNewsWords } from '../../../../messages/running/togetherNews';
import { Card } from '../../../../parts/Card';
import { Field } from '../../../../parts/Field';
import { LongField } from '../../../../parts/LongField';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import type { Article } from '../../../../queries/news';
import { articleChanged, draftArticle } from '../../../../queries/newsDesk';
import { linesIn, textIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';
import styles from './Writing.module.css';
import { Written } from './Written';

const MOST_CHARACTERS = 20_000;
const AUDIENCES: readonly Article['audience'][] = [
  'everybody',
  'consumers',
  'producers',
  'organisers',
];

interface WritingProps {
  operation: string;
  id: string;
  /** The draft that there is. */
  article?: Article;
  onSaved: () => void;
}

/** The form of a draft, and beside it how members will read it. */
export function Writing({ operation, id, article, onSaved }: WritingProps) {
  const words = useWords(writingNewsWords);
  const { saveDraft, who } = useWords(runTogetherWords);
  const [audience, choose] = useState(article?.audience ?? 'everybody');
  const [text, setText] = useState(article?.text ?? '');
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      draftArticle(id, {
        operation_id: operation,
        audience,
        title: textIn(form, 'title') ?? '',
        text: linesIn(form, 'text'),
        is_pinned: form.has('is_pinned'),
      }),
    onSuccess: async (draft) => {
      await articleChanged(queries, draft);
      onSaved();
    },
  });
  return (
    <div className={styles.halves}>
      <SendForm attempt={attempt} onSend={attempt.mutate} submit={saveDraft} isWide>
        <SelectField
          name="audience"
          label={words.audience}
          options={AUDIENCES.map((one) => [one, who[one]] as const)}
          value={audience}
          onChange={choose}
        />
        <Field
          name="title"
          type="text"
          label={words.heading}
          maxLength={200}
          defaultValue={article?.title ?? ''}
        />
        <LongField
          name="text"
          label={words.text}
          help={words.textHelp}
          rows={14}
          maxLength={MOST_CHARACTERS}
          defaultValue={text}
          onChange={setText}
        />
        <How />
        <TickField name="is_pinned" label={words.pinned} isTicked={article?.is_pinned ?? false} />
      </SendForm>
      <Preview text={text} />
    </div>
  );
}

function How() {
  const words = useWords(writingNewsWords);
  return (
    <details>
      <summary>{words.how}</summary>
      <dl className={styles.forms}>
        {words.forms.map(([written, meaning]) => (
          <div key={written}>
            <dt>
              <code>{written}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Preview({ text }: { text: string }) {
  const words = useWords(writingNewsWords);
  const shown = useDeferredValue(text);
  return (
    <Card title={words.preview}>
      {shown.trim() ? (
        <Written>{shown}</Written>
      ) : (
        <p className={shared.weak}>{words.nothingYet}</p>
      )}
    </Card>
  );
}
