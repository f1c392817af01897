import { feedWords } from '../../../messages/staff/feeds';
import { Field } from '../../../parts/Field';
import { addSecret, type Feed, type FeedSecret } from '../../../queries/feeds';
import { dayAt, dayLater } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { SecretForm } from './SecretForm';

interface ChangingSecretProps {
  feed: Feed;
  onSecret: (secret: FeedSecret) => void;
}

const DAYS_TO_CHANGE = 7;

/** Another secret; those of before are good for some days more, so that no file waits. */
export function ChangingSecret({ feed, onSecret }: ChangingSecretProps) {
  const words = useWords(feedWords);
  const ask = (form: FormData) =>
    addSecret(feed.id, {
      expires_on: textIn(form, 'expires_on') ?? '',
      former_until: textIn(form, 'former_until') ?? '',
    });
  return (
    <SecretForm title={words.change} submit={words.give} ask={ask} onSecret={onSecret}>
      <Field
        name="former_until"
        type="date"
        label={words.former}
        help={words.formerHelp}
        defaultValue={dayLater(dayAt(new Date()), DAYS_TO_CHANGE)}
      />
    </SecretForm>
  );
}
