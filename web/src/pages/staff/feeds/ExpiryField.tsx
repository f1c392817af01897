import { feedWords } from '../../../messages/staff/feeds';
import { Field } from '../../../parts/Field';
import { dayAt, yearsLater } from '../../../words/dates';
import { useWords } from '../../../words/language';

/** Until when a secret is good: a year, if nobody says otherwise. */
export function ExpiryField() {
  const words = useWords(feedWords);
  return (
    <Field
      name="expires_on"
      type="date"
      label={words.expires}
      help={words.expiresHelp}
      defaultValue={yearsLater(dayAt(new Date()), 1)}
    />
  );
}
