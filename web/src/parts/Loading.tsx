import { shellWords } from '../messages/shell';
import { useWords } from '../words/language';

/** In the place of what is on its way. */
export function Loading() {
  return <p role="status">{useWords(shellWords).loading}</p>;
}
