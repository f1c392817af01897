import type { Adoption } from '../queries/keyLife';
import type { Key } from '../queries/keys';
import type { Poll } from '../queries/polls';
import { dayLater } from './dates';

/** The one thing to do next with a key; null: nothing, or somebody else's turn. */
export type KeyStep = 'vote' | 'approve' | 'declare' | 'activate';

export interface KeyLife {
  /** The last vote about it that was opened, and not cancelled. */
  poll: Poll | undefined;
  /** What came of it here, where it adopted the key. */
  adoption: Adoption | undefined;
  step: KeyStep | null;
}

/** How far a key has come. */
export function lifeOf(
  key: Pick<Key, 'id' | 'state'>,
  polls: readonly Poll[],
  adoptions: readonly Adoption[],
): KeyLife {
  const poll = polls
    .filter(({ key_id, state }) => key_id === key.id && state !== 'cancelled' && state !== 'draft')
    .sort((one, other) => other.opens_at.localeCompare(one.opens_at))[0];
  const adoption = adoptions.find(({ poll_id }) => poll_id === poll?.id);
  return { poll, adoption, step: stepOf(key, poll, adoption) };
}

function stepOf(
  { state }: Pick<Key, 'state'>,
  poll: Poll | undefined,
  adoption: Adoption | undefined,
): KeyStep | null {
  if (state === 'approved') return 'declare';
  if (state === 'declared') return 'activate';
  if (state !== 'draft') return null;
  if (!poll) return 'vote';
  if (poll.state !== 'closed') return null;
  // Members said yes: it is approved in a moment, or once what is missing is mended.
  if (adoption?.state === 'approved') return null;
  return adoption?.state === 'waiting' ? 'approve' : 'vote';
}

/** Whether members adopted a draft, and its approval is still on its way here. */
export function isArriving(
  { state }: Pick<Key, 'state'>,
  { adoption }: KeyLife,
  isAdopted: boolean,
): boolean {
  // Either may be seen first: that the vote is known here, or what it made of the key.
  return state === 'draft' && isAdopted && (!adoption || adoption.state === 'approved');
}

/** The first day that a key may have, that is declared on a day. */
export function earliestStart(declaredOn: string, noticeDays: number): string {
  return dayLater(declaredOn, noticeDays);
}

/** Whether a key begins sooner than its declaration, or one of today, allows. */
export function beginsTooSoon(
  key: Pick<Key, 'state' | 'valid_from' | 'declared_on'>,
  noticeDays: number,
  today: string,
): boolean {
  if (key.state === 'active' || key.state === 'superseded') return false;
  return key.valid_from < earliestStart(key.declared_on ?? today, noticeDays);
}

/** The first day of the month after the notice: what a new key begins with, unless one says otherwise. */
export function firstDayProposed(today: string, noticeDays: number): string {
  // A week to vote and to write to the DSO.
  const soonest = dayLater(today, noticeDays + 7);
  if (soonest.endsWith('-01')) return soonest;
  return `${dayLater(`${soonest.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}

export type Moment = 'past' | 'current' | 'coming' | 'draft';

/** Where on the time line a key is. */
export function momentOfKey(key: Key, today: string): Moment {
  if (key.state === 'draft') return 'draft';
  const end = endOf(key);
  if (key.state === 'superseded' || (end !== null && end <= today)) return 'past';
  return key.state === 'active' && key.valid_from <= today ? 'current' : 'coming';
}

/** The first day on which a key is not in force any more; null: none is set. */
export function endOf({ in_force_to, valid_to }: Pick<Key, 'in_force_to' | 'valid_to'>) {
  return in_force_to ?? valid_to;
}

const ORDER: readonly Moment[] = ['current', 'coming', 'draft', 'past'];

/** What is in force, then what comes, drafts, and what is over, the newest first. */
export function inOrder(keys: readonly Key[], today: string): Key[] {
  const place = (key: Key) => ORDER.indexOf(momentOfKey(key, today));
  return [...keys].sort((one, other) => {
    const [first, second] = [place(one), place(other)];
    if (first !== second) return first - second;
    const days = one.valid_from.localeCompare(other.valid_from);
    return momentOfKey(one, today) === 'past' ? -days : days;
  });
}
