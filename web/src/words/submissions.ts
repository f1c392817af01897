import type { SubmissionState } from '../queries/submissions';

type Lost = 'refused' | 'rejected' | 'unsure' | 'failed';

/** Whether nothing goes on by itself: a person looks. */
export function isLost(state: SubmissionState): state is Lost {
  return ['refused', 'rejected', 'unsure', 'failed'].includes(state);
}

/** Whether somebody may have it sent, for the first time or again. */
export function mayBeSent(state: SubmissionState): boolean {
  return isLost(state) || state === 'recorded' || state === 'not_due';
}
