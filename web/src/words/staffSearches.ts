import type { DeliveryStatus } from '../queries/deliveries';
import type { PullState } from '../queries/dsoFiles';
import type { QuarantineState } from '../queries/quarantine';
import type { Stage } from '../queries/requestDesk';

// What addresses of staff's pages may name. By itself: every visitor loads the routes, and with
// them whatever these are beside.

export const STATUSES: readonly DeliveryStatus[] = ['received', 'recorded', 'refused', 'failed'];

export const QUARANTINE_STATES: readonly QuarantineState[] = [
  'open',
  'released',
  'corrected',
  'discarded',
];

export const REQUEST_STAGES: readonly Stage[] = [
  'received',
  'qualified',
  'study',
  'agreed',
  'operation',
  'declined',
];

export const PULL_STATES: readonly PullState[] = [
  'waiting',
  'done',
  'refused',
  'failed',
  'withdrawn',
];

/** E-mails that did not arrive, and those that have not left. */
export const MESSAGE_STATES = ['lost', 'waiting'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];
