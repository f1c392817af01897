import type { LinkProps } from '@tanstack/react-router';
import type { Waiting } from '../queries/today';

type Place = Pick<LinkProps, 'to' | 'params' | 'search'>;

const OF_A_MONTH = /operations\/([^/]+)\/settlements\?month=(\d{4}-\d{2})$/;

/** The page where one goes on with what waits; null: there is none yet. */
export function placeOf({ kind, first }: Pick<Waiting, 'kind' | 'first'>): Place | null {
  switch (kind) {
    case 'deadlines_due':
    case 'months_late':
      return { to: '/o' };
    case 'deliveries_failed':
      return { to: '/staff/deliveries', search: { status: 'failed' } };
    case 'deliveries_refused':
      return { to: '/staff/deliveries', search: { status: 'refused' } };
    case 'events_parked':
      return { to: '/staff/events' };
    case 'sources_silent':
      return { to: '/staff/missing' };
    case 'erasures_requested':
      return { to: '/staff/erasures' };
    case 'messages_failed':
      return { to: '/staff/messages', search: { which: 'lost' } };
    case 'messages_waiting':
      return { to: '/staff/messages', search: { which: 'waiting' } };
    case 'quarantine_open':
      return { to: '/staff/quarantine' };
    case 'settlements_outdated': {
      const [, operation, month] = OF_A_MONTH.exec(first[0] ?? '') ?? [];
      if (!operation || !month) return { to: '/o' };
      return { to: '/o/$operation/months/$month', params: { operation, month } };
    }
    default:
      return null;
  }
}
