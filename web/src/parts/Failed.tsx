import { Problem } from '../api/problem';
import { useWords } from '../words/language';
import { QuietButton } from './QuietButton';

/** What went wrong, what to do, and the number that the co-op finds it by. */
export function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const words = useWords().shell;
  const requestId = error instanceof Problem ? error.requestId : null;
  return (
    <div role="alert">
      <p>{words.tryAgain}</p>
      {requestId && <p>{words.quote(requestId)}</p>}
      <QuietButton onPress={onRetry}>{words.retry}</QuietButton>
    </div>
  );
}
