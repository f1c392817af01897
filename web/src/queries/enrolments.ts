import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Problem } from '../api/problem';
import type { components } from '../api/schema/community';
import { allPages } from './allPages';

export type Enrolment = components['schemas']['EnrolmentOut'];
export type Phase = components['schemas']['EnrolmentPhase'];
export type StepKind = components['schemas']['StepKind'];
export type StepTaken = components['schemas']['StepTakenOut'];
export type NewEnrolment = components['schemas']['EnrolmentIn'];

/** A step that somebody takes, but for the number of the one before. */
export type Step =
  | { step: 'sign' | 'declare' | 'declare_exit'; day: string }
  | { step: 'leave'; day: string; valid_to: string }
  | { step: 'withdraw'; day: string; reason: string };

const MOST = 1000;
const PATH = '/community/operations/{operation_id}/enrolments';

/** Whoever is on the way into an operation, in it by steps, or on the way out. */
export function enrolmentsQuery(operation_id: string) {
  return queryOptions({
    queryKey: ['enrolments', operation_id],
    queryFn: () =>
      allPages(
        MOST,
        (query) => unwrap(api.GET(PATH, { params: { path: { operation_id }, query } })),
        ({ id }) => id,
      ),
    staleTime: 30_000,
  });
}

/** Take a step after the last one that was seen. Throws Problem. */
export function takeStep(enrolment: Enrolment, step: Step): Promise<StepTaken> {
  const { operation_id, id, steps } = enrolment;
  return unwrap(
    api.POST(`${PATH}/{enrolment_id}/steps`, {
      params: { path: { operation_id, enrolment_id: id } },
      body: { ...step, after_step: steps.at(-1)?.number ?? 1 },
    }),
  );
}

/** Plan that a point takes part, or take over one that does already. Throws Problem. */
export function recordEnrolment(
  operation_id: string,
  body: NewEnrolment,
  enrolment_id: string = crypto.randomUUID(),
): Promise<Enrolment> {
  const path = { operation_id, enrolment_id };
  return unwrap(api.PUT(`${PATH}/{enrolment_id}`, { params: { path }, body }));
}

type Stay = Pick<NewEnrolment, 'prm' | 'direction' | 'member_id' | 'valid_from'>;

/** Have a point leave; a stay that no enrolment leads is taken over by one. Throws Problem. */
export async function leaveWith(
  operation_id: string,
  { prm, direction, member_id, valid_from }: Stay,
  enrolment: Enrolment | undefined,
  days: { day: string; valid_to: string },
): Promise<StepTaken> {
  const led =
    enrolment ?? (await recordEnrolment(operation_id, { prm, direction, member_id, valid_from }));
  return takeStep(led, { step: 'leave', ...days });
}

/** Plan several; one that is planned already for that day is left as it is. Throws Problem. */
export async function recordEnrolments(
  operation_id: string,
  bodies: readonly NewEnrolment[],
): Promise<void> {
  for (const body of bodies) {
    try {
      await recordEnrolment(operation_id, body);
    } catch (problem) {
      if (!(problem instanceof Problem && problem.slug === 'enrolment-twice')) throw problem;
    }
  }
}
