import { feedWords } from '../../../messages/staff/feeds';
import { Card } from '../../../parts/Card';
import shared from '../../../parts/Together.module.css';
import type { Feed, FeedSecret } from '../../../queries/feeds';
import { fullDay } from '../../../words/dates';
import { fullDayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { ChangingSecret } from './ChangingSecret';
import { Revoking } from './Revoking';

interface OneFeedProps {
  feed: Feed;
  onSecret: (secret: FeedSecret) => void;
  onRevoked: () => void;
}

/** A program: when it was here last, until when its secrets are good, and what one may do about it. */
export function OneFeed({ feed, onSecret, onRevoked }: OneFeedProps) {
  const words = useWords(feedWords);
  const language = useLanguage();
  const { name, made_at, last_used_on, secrets_until } = feed;
  const days = secrets_until.map((instant) => fullDayOf(instant, language));
  return (
    <Card title={name}>
      <p className={shared.weak}>
        {words.made(fullDayOf(made_at, language))},{' '}
        {last_used_on ? words.used(fullDay(last_used_on, language)) : words.unused}
      </p>
      {days.length > 0 ? (
        <p className={shared.weak}>{words.until(days.join(words.and))}</p>
      ) : (
        <p className={shared.alert}>{words.expired}</p>
      )}
      <ChangingSecret feed={feed} onSecret={onSecret} />
      <Revoking feed={feed} onRevoked={onRevoked} />
    </Card>
  );
}
