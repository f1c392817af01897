import { deadlineWords } from '../messages/running/deadlines';
import type { Deadline } from '../queries/deadlines';
import { monthName } from './dates';
import type { Language } from './language';
import { isOver } from './monthSteps';

/** What is to be done, in the reader's language. */
export function taskOf({ kind, month }: Deadline, language: Language): string {
  return deadlineWords[language].todo[kind](month ? monthName(month, language) : '');
}

/** The month that a task has one close, once that can be done; null: another task, or too early. */
export function monthToClose({ kind, month }: Deadline, now = new Date()): string | null {
  return kind === 'month_to_close' && month !== null && isOver(month, now) ? month : null;
}

/** The month whose coefficients a task has one send; null: another task. */
export function monthToSend({ kind, month }: Deadline): string | null {
  return kind === 'coefficients_to_send' ? month : null;
}
