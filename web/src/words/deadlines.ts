import type { LinkProps } from '@tanstack/react-router';
import { deadlineWords } from '../messages/running/deadlines';
import type { Deadline } from '../queries/deadlines';
import { monthName } from './dates';
import type { Language } from './language';
import { isOver } from './monthSteps';

/** What is to be done, in the reader's language. */
export function taskOf({ kind, month }: Deadline, language: Language): string {
  return deadlineWords[language].todo[kind](month ? monthName(month, language) : '');
}

type Place = Pick<LinkProps, 'to' | 'params' | 'search'>;

/** The page where it is done; null: it cannot be done yet. */
export function placeOf(task: Deadline, now = new Date()): Place | null {
  const { operation_id: operation, month } = task;
  switch (task.kind) {
    case 'month_to_close':
      if (!month || !isOver(month, now)) return null;
      return { to: '/o/$operation/months/$month', params: { operation, month } };
    case 'coefficients_to_deposit':
    case 'deposit_to_send':
      if (!month) return null;
      return { to: '/o/$operation/keys/deposits', params: { operation }, search: { month } };
    case 'coefficients_to_send':
      if (!month) return null;
      return { to: '/o/$operation/keys/coefficients', params: { operation }, search: { month } };
    case 'entry_to_declare':
    case 'exit_to_declare':
    case 'point_left':
      return { to: '/o/$operation/people/declarations', params: { operation } };
    case 'leave_to_record':
      return { to: '/o/$operation/people', params: { operation } };
    case 'document_to_renew':
      return {
        to: '/o/$operation/people/documents/$document',
        params: { operation, document: idIn(task) },
      };
    case 'convention_to_renew':
      return { to: '/o/$operation/settings', params: { operation } };
    case 'siren_to_record':
      return {
        to: '/o/$operation/people/members/$member',
        params: { operation, member: idIn(task) },
      };
  }
}

/** Of what a task is about: the last part of its address in the API. */
function idIn({ link }: Deadline): string {
  return link.split('/').at(-1) ?? '';
}
