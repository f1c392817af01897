import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { type BegunKey, putDefaultKeyInForce, type SetUp } from '../../../queries/setUp';
import { fullDay } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfSetUp } from './ofSetUp';

/** The key in force; until there is one, the default key in one go. */
export function KeyStep({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const language = useLanguage();
  const inForce = setUp.keys.find(({ state }) => state === 'active');
  return (
    <Card title={words.keyTitle}>
      {inForce ? (
        <p>{words.keyInForce(fullDay(inForce.valid_from, language))}</p>
      ) : (
        <Form operation={operation} setUp={setUp} />
      )}
      <p className={shared.weak}>{words.keyOther}</p>
    </Card>
  );
}

function Form({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const [newId] = useState(() => crypto.randomUUID());
  const begun = begunIn(setUp);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) => {
      const validFrom = begun?.valid_from ?? textIn(form, 'valid_from') ?? '';
      const key: BegunKey = begun ?? { id: newId, state: null, valid_from: validFrom };
      return putDefaultKeyInForce(operation, key, textIn(form, 'declared_on') ?? '');
    },
    // A part of it may be done though the rest was refused.
    onSettled: changed,
  });
  return (
    <>
      <p>{words.keyIs}</p>
      {begun && <p>{words.keyBegun}</p>}
      <SendForm attempt={attempt} submit={words.putInForce} isWide onSend={attempt.mutate}>
        {!begun && (
          <Field
            name="valid_from"
            type="date"
            label={words.keyFrom}
            defaultValue={setUp.operation.valid_from}
          />
        )}
        {begun?.state !== 'declared' && (
          <>
            <Field
              name="declared_on"
              type="date"
              label={words.declaredOn}
              help={words.declaredOnHelp}
            />
            <TickField name="sure" label={words.keySure} isRequired />
          </>
        )}
      </SendForm>
    </>
  );
}

/** A default key that somebody began here, and that is not in force yet; members vote on none. */
function begunIn({ keys }: SetUp): BegunKey | undefined {
  return keys.find(
    ({ state, definition, poll_id }) =>
      definition.type === 'default_dynamic' &&
      (['approved', 'declared'].includes(state) || (state === 'draft' && poll_id === null)),
  );
}
