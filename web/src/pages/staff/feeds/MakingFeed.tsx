import { feedWords } from '../../../messages/staff/feeds';
import { Field } from '../../../parts/Field';
import { type FeedSecret, makeFeed } from '../../../queries/feeds';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { SecretForm } from './SecretForm';

/** Give a program an access of its own. */
export function MakingFeed({ onSecret }: { onSecret: (secret: FeedSecret) => void }) {
  const words = useWords(feedWords);
  const ask = (form: FormData) =>
    makeFeed({
      name: textIn(form, 'name') ?? '',
      expires_on: textIn(form, 'expires_on') ?? '',
    });
  return (
    <SecretForm title={words.make} submit={words.create} ask={ask} onSecret={onSecret}>
      <Field name="name" type="text" maxLength={200} label={words.name} help={words.nameHelp} />
      <p>{words.makeEffect}</p>
    </SecretForm>
  );
}
