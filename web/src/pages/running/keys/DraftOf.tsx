import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { simulationWords } from '../../../messages/running/simulations';
import { Answer } from '../../../parts/Answer';
import facts from '../../../parts/Facts.module.css';
import { Field } from '../../../parts/Field';
import go from '../../../parts/Go.module.css';
import { SendForm } from '../../../parts/SendForm';
import { draftKey } from '../../../queries/keyLife';
import type { Key } from '../../../queries/keys';
import { pollsQuery } from '../../../queries/polls';
import { policyQuery } from '../../../queries/shares';
import { dayAt } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { keyLike } from '../../../words/keyScenarios';
import { firstDayProposed, lifeOf } from '../../../words/keySteps';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import { keyName } from './names';

interface DraftOfProps {
  operation: string;
  definition: Key['definition'];
  /** What the draft is called, unless one says otherwise. */
  name: string;
  keys: readonly Key[];
}

/** The way from what was compared to a key: it is one already, or becomes a draft. */
export function DraftOf({ operation, definition, name, keys }: DraftOfProps) {
  const words = useWords(simulationWords);
  const language = useLanguage();
  const { data: polls } = useQuery(pollsQuery([{ id: operation }]));
  const key = keyLike(definition, keys);
  if (!key) return <Drafting operation={operation} definition={definition} name={name} />;
  const params = { operation, key: key.id };
  return (
    <>
      <p>{words.isKey(keyName(key, language))}</p>
      <div className={facts.actions}>
        {polls && lifeOf(key, polls, []).step === 'vote' && (
          <Link className={go.go} to="/o/$operation/keys/$key/vote" params={params}>
            {words.toVote}
          </Link>
        )}
        <Link className={go.quiet} to="/o/$operation/keys/$key" params={params}>
          {words.toKey}
        </Link>
      </div>
    </>
  );
}

function Drafting({ operation, definition, name }: Omit<DraftOfProps, 'keys'>) {
  const words = useWords(simulationWords);
  const policy = useQuery(policyQuery(operation));
  const changed = useChanged(operation);
  const navigate = useNavigate();
  // One form is one draft, however often it is sent.
  const [id] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      draftKey(operation, id, {
        title: textIn(form, 'title'),
        valid_from: String(form.get('valid_from')),
        valid_to: null,
        poll_id: null,
        definition,
      }),
    onSuccess: async ({ id: key }) => {
      await changed();
      await navigate({ to: '/o/$operation/keys/$key', params: { operation, key }, hash: 'step' });
    },
  });
  return (
    <>
      <p>{words.draftHelp}</p>
      <Answer query={policy}>
        {({ notice_days }) => (
          <SendForm
            attempt={attempt}
            submit={words.makeDraft}
            onSend={(form) => attempt.mutate(form)}
          >
            <Field
              name="title"
              type="text"
              label={words.draftName}
              maxLength={120}
              defaultValue={name}
            />
            <Field
              name="valid_from"
              type="date"
              label={words.draftFrom}
              defaultValue={firstDayProposed(dayAt(new Date()), notice_days)}
            />
          </SendForm>
        )}
      </Answer>
    </>
  );
}
