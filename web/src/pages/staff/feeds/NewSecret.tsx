import { feedWords } from '../../../messages/staff/feeds';
import { Card } from '../../../parts/Card';
import { CopyButton } from '../../../parts/CopyButton';
import { QuietButton } from '../../../parts/QuietButton';
import shared from '../../../parts/Together.module.css';
import type { FeedSecret } from '../../../queries/feeds';
import { useWords } from '../../../words/language';

interface NewSecretProps {
  secret: FeedSecret;
  onKept: () => void;
}

/** What a program logs in with, until one says that it has it: nobody can show it again. */
export function NewSecret({ secret: { id, name, secret }, onKept }: NewSecretProps) {
  const words = useWords(feedWords);
  return (
    <Card title={words.secretFor(name)}>
      <p role="alert">{words.onlyOnce}</p>
      <p>{words.identifier}</p>
      <code className={shared.code}>{id}</code>
      <p>{words.secret}</p>
      <code className={shared.code}>{secret}</code>
      <div className={shared.actions}>
        <CopyButton text={secret} />
        <QuietButton onPress={onKept}>{words.kept}</QuietButton>
      </div>
    </Card>
  );
}
