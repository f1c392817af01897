import { Problem, slugOf } from '../api/problem';
import type { Messages } from '../messages/fr';

/** Why somebody was not let in, and what to do. */
export function whyRefused(error: Error, words: Messages): string {
  const slug = slugOf(error);
  if (slug === 'code-wanted') return words.logIn.codeWanted;
  if (error instanceof Problem && slug === 'log-in-paused') {
    return words.logIn.paused(Number(error.facts.retry_after_s));
  }
  const refusals: Record<string, string> = words.logIn.refusals;
  const known = refusals[slug];
  if (known) return known;
  const requestId = error instanceof Problem ? error.requestId : null;
  const { tryAgain, quote } = words.shell;
  return requestId ? `${tryAgain} ${quote(requestId)}` : tryAgain;
}
