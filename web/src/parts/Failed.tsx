import { Link } from '@tanstack/react-router';
import { shellWords } from '../messages/shell';
import { useWords } from '../words/language';
import { isPlain } from '../words/refusals';
import { QuietButton } from './QuietButton';
import { Refusal } from './Refusal';

/** In the place of what could not be shown: why, and another try, or the way home. */
export function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const words = useWords(shellWords);
  return (
    <>
      <Refusal error={error} />
      {isPlain(error) ? (
        <Link to="/">{words.home}</Link>
      ) : (
        <QuietButton onPress={onRetry}>{words.retry}</QuietButton>
      )}
    </>
  );
}
