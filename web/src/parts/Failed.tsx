import { shellWords } from '../messages/shell';
import { useWords } from '../words/language';
import { QuietButton } from './QuietButton';
import { Refusal } from './Refusal';

/** In the place of what could not be shown: why, and another try. */
export function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const words = useWords(shellWords);
  return (
    <>
      <Refusal error={error} />
      <QuietButton onPress={onRetry}>{words.retry}</QuietButton>
    </>
  );
}
