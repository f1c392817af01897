import type { Enrolment, Phase, StepKind } from '../queries/enrolments';
import type { SignUp } from '../queries/waiting';
import { daysSince } from './ages';
import { dayLater, monthLater } from './dates';
import { groupsBy } from './groups';

/** Phases in which somebody has to do something next, in their order. */
export const ON_THE_WAY = ['prospect', 'signed', 'declared', 'leaving'] as const;
/** What an organiser may do; the other kinds of steps come by themselves, or by other routes. */
export const STEPS = ['sign', 'declare', 'leave', 'declare_exit', 'withdraw'] as const;

export type PhaseOnTheWay = (typeof ON_THE_WAY)[number];
export type OwnStep = (typeof STEPS)[number];

/** Enrolments by phase; in each, who has been there for longest first. */
export function byPhase(enrolments: readonly Enrolment[]): Map<Phase, Enrolment[]> {
  const sorted = [...enrolments].sort((one, other) =>
    `${phaseSince(one)} ${one.member_name ?? ''}`.localeCompare(
      `${phaseSince(other)} ${other.member_name ?? ''}`,
    ),
  );
  return groupsBy(sorted, ({ phase }) => phase);
}

/** The day on which the phase began: that of the step that led to it, or of the calendar. */
export function phaseSince({ phase, steps, valid_from, valid_to }: Enrolment): string {
  const last = steps.at(-1)?.day ?? valid_from;
  if (phase === 'active') return valid_from > last ? valid_from : last;
  if (phase === 'left' && valid_to) return valid_to;
  return last;
}

/** How many days it has been in its phase. */
export function daysInPhase(enrolment: Enrolment, now = new Date()): number {
  return Math.max(0, daysSince(phaseSince(enrolment), now));
}

/** The steps that somebody may take now, in the order of the buttons. */
export function ownSteps({ allowed }: { allowed: readonly StepKind[] }): OwnStep[] {
  return STEPS.filter((step) => allowed.includes(step));
}

/** Those who wait for an answer to their sign-up, the first one first. */
export function waitingSignUps(signUps: readonly SignUp[]): SignUp[] {
  return signUps
    .filter(({ state }) => state === 'waiting')
    .sort((one, other) => one.confirmed_at.localeCompare(other.confirmed_at));
}

/** Names of what is missing for a step, of a refusal `conditions-missing`. */
export function conditionsIn({ conditions }: Record<string, unknown>): string[] {
  return Array.isArray(conditions) ? conditions.map(({ name }) => String(name)) : [];
}

/** The day on which somebody would leave: as they asked for, or as it is recorded. */
export function leavingDay({ leave_request, valid_to }: Enrolment): string | null {
  return leave_request?.leaves_on ?? valid_to;
}

/** So many days it takes as a rule to sign, and to declare with the notice of the grid operator. */
const AHEAD_DAYS = 28;

/** The first of a month far enough to sign and declare until then. */
export function entryDay(today: string): string {
  const ready = dayLater(today, AHEAD_DAYS);
  return ready.endsWith('-01') ? ready : `${monthLater(ready.slice(0, 7), 1)}-01`;
}
