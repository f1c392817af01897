import { useMutation, useQueryClient } from '@tanstack/react-query';
import { feedWords } from '../../../messages/staff/feeds';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import { addSecret, type Feed, type FeedSecret, feedsChanged } from '../../../queries/feeds';
import { dayAt, dayLater } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { ExpiryField } from './ExpiryField';

interface ChangingSecretProps {
  feed: Feed;
  onSecret: (secret: FeedSecret) => void;
}

const DAYS_TO_CHANGE = 7;

/** Another secret; those of before are good for some days more, so that no file waits. */
export function ChangingSecret({ feed, onSecret }: ChangingSecretProps) {
  const words = useWords(feedWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      addSecret(feed.id, {
        expires_on: textIn(form, 'expires_on') ?? '',
        former_until: textIn(form, 'former_until') ?? '',
      }),
    onSuccess: async (secret) => {
      await feedsChanged(queries);
      onSecret(secret);
    },
  });
  const { variables } = attempt;
  return (
    <details>
      <summary>{words.change}</summary>
      <SendForm attempt={attempt} submit={words.give} isWide onSend={attempt.mutate}>
        <ExpiryField />
        <Field
          name="former_until"
          type="date"
          label={words.former}
          help={words.formerHelp}
          defaultValue={dayLater(dayAt(new Date()), DAYS_TO_CHANGE)}
        />
      </SendForm>
      <StepUp error={attempt.error} onDone={() => variables && attempt.mutate(variables)} />
    </details>
  );
}
