import { Problem } from '../api/problem';
import type { BySlug } from '../messages/refusals/bySlug';
import { refusalWords } from '../messages/refusals/refusals';
import type { Language } from './language';

/**
 * What went wrong and what to do, with the number to quote where the platform itself failed.
 * more: words for refusals that only some pages can cause, and bring along.
 */
export function whyRefused(error: Error, language: Language, more: BySlug = {}): string {
  const words = refusalWords[language];
  if (!(error instanceof Problem)) return words.offline;
  const known = more[error.slug] ?? words.bySlug[error.slug];
  if (typeof known === 'function') return known(error.facts);
  if (known) return known;
  const sentence = words.byStatus[error.status] ?? words.unknown;
  return error.requestId && !isPlain(error)
    ? `${sentence} ${words.quote(error.requestId)}`
    : sentence;
}

/** It is not one's to see, or is not there: another try changes nothing, and nobody is to look. */
export function isPlain(error: Error): boolean {
  return error instanceof Problem && [403, 404].includes(error.status);
}
