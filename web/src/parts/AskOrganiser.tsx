import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { questionWords } from '../messages/question';
import { meQuery } from '../queries/me';
import { type Operation, operationsToAsk } from '../queries/operations';
import { askOrganiser } from '../queries/questions';
import { linesIn } from '../words/forms';
import { useWords } from '../words/language';
import styles from './AskOrganiser.module.css';
import { LongField } from './LongField';
import { QuietButton } from './QuietButton';
import { Said } from './Said';
import { SelectField } from './SelectField';
import { SendForm } from './SendForm';

/** At the end of a page: ask who runs the operation that it is about, or one of one's own. */
export function AskOrganiser({ operationId }: { operationId?: string }) {
  const words = useWords(questionWords);
  const { data: me } = useQuery(meQuery);
  const operations = me ? operationsToAsk(me, operationId) : [];
  const [first] = operations;
  if (!first) return null;
  return (
    <details className={styles.ask}>
      <summary>{words.ask}</summary>
      <Question operations={operations} first={first} />
    </details>
  );
}

function Question({ operations, first }: { operations: Operation[]; first: Operation }) {
  const words = useWords(questionWords);
  const about = useLocation({ select: ({ pathname }) => pathname });
  const [chosen, setChosen] = useState(first.id);
  const operation = operations.find(({ id }) => id === chosen) ?? first;
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      askOrganiser(operation.id, { text: linesIn(form, 'text'), about }),
  });
  return (
    <>
      <Said>{attempt.isSuccess && words.sent(attempt.data)}</Said>
      {attempt.isSuccess ? (
        <QuietButton onPress={attempt.reset}>{words.another}</QuietButton>
      ) : (
        <>
          <p>{words.help}</p>
          <SendForm attempt={attempt} submit={words.send} isWide onSend={attempt.mutate}>
            {operations.length > 1 && (
              <SelectField
                name="operation"
                label={words.about}
                options={operations.map(({ id, name }) => [id, name] as const)}
                value={operation.id}
                onChange={setChosen}
              />
            )}
            <LongField name="text" label={words.text} rows={4} maxLength={2000} />
          </SendForm>
        </>
      )}
    </>
  );
}
