import { deadlineWords } from '../messages/running/deadlines';
import type { Deadline } from '../queries/deadlines';
import { monthName } from './dates';
import type { Language } from './language';

/** What is to be done, in the reader's language. */
export function taskOf({ kind, month }: Deadline, language: Language): string {
  return deadlineWords[language].todo[kind](month ? monthName(month, language) : '');
}
