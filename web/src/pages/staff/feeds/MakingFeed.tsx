import { useMutation, useQueryClient } from '@tanstack/react-query';
import { feedWords } from '../../../messages/staff/feeds';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import { type FeedSecret, feedsChanged, makeFeed } from '../../../queries/feeds';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { ExpiryField } from './ExpiryField';

/** Give a program an access of its own. */
export function MakingFeed({ onSecret }: { onSecret: (secret: FeedSecret) => void }) {
  const words = useWords(feedWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      makeFeed({
        name: textIn(form, 'name') ?? '',
        expires_on: textIn(form, 'expires_on') ?? '',
      }),
    onSuccess: async (secret) => {
      await feedsChanged(queries);
      onSecret(secret);
    },
  });
  const { variables } = attempt;
  return (
    <details>
      <summary>{words.make}</summary>
      <SendForm attempt={attempt} submit={words.create} isWide onSend={attempt.mutate}>
        <Field name="name" type="text" maxLength={200} label={words.name} help={words.nameHelp} />
        <ExpiryField />
        <p>{words.makeEffect}</p>
      </SendForm>
      <StepUp error={attempt.error} onDone={() => variables && attempt.mutate(variables)} />
    </details>
  );
}
