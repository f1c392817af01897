import type { Attendance, FullReply } from '../queries/gatheringDesk';

export interface Guest {
  id: string;
  name: string;
  reply: FullReply | undefined;
  /** undefined: nobody has noted that they were there. */
  present: Attendance | undefined;
}

const ORDER = ['yes', 'maybe', undefined, 'no'] as const;

/** Each who is invited, has answered or was there, once: who comes first, and by name. */
export function guestListOf(
  invited: readonly string[],
  replies: readonly FullReply[],
  attendance: readonly Attendance[],
  nameOf: (id: string) => string,
): Guest[] {
  const reply = new Map(replies.map((one) => [one.member_id, one]));
  const present = new Map(attendance.map((one) => [one.member_id, one]));
  const ids = new Set([...invited, ...reply.keys(), ...present.keys()]);
  const guests = [...ids].map((id) => ({
    id,
    name: reply.get(id)?.name ?? present.get(id)?.name ?? nameOf(id),
    reply: reply.get(id),
    present: present.get(id),
  }));
  const placeOf = ({ reply: one }: Guest) => ORDER.indexOf(one?.answer);
  return guests.sort(
    (one, other) => placeOf(one) - placeOf(other) || one.name.localeCompare(other.name, 'fr'),
  );
}
