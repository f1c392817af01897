import type { components } from '../api/schema/ingest';
import { dayLater } from './dates';

type PullBody = components['schemas']['PullIn'];

/** What the grid operator can be asked for: curves by Data Connect, results by its other API. */
export const PULL_KINDS = ['load_curve', 'definitive', 'provisional'] as const;
export type PullKind = (typeof PULL_KINDS)[number];

/** The question for all points of an operation, from a first day to a last one. */
export function pullOf(
  kind: PullKind,
  operation_id: string,
  firstDay: string,
  lastDay: string,
): PullBody {
  return {
    source: kind === 'load_curve' ? 'data-connect' : 'acc',
    provisional: kind === 'provisional',
    operation_id,
    points: [],
    from_day: firstDay,
    to_day: dayLater(lastDay, 1),
  };
}
