import { eventWords } from '../messages/staff/events';
import type { Language } from './language';

/** What an event tells, `community.member_recorded.v1`; a type without words as it is. */
export function eventName(type: string, language: Language): string {
  const words = eventWords[language];
  if (!type) return words.unreadable;
  return words.types[type.replace(/\.v\d+$/, '')] ?? type;
}

/** Why a service could not take an event, of the class of its error. */
export function failureText(failure: string, language: Language): string {
  const words = eventWords[language];
  return words.failures[failure] ?? words.unexpected(failure);
}
