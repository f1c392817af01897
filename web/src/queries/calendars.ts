import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type CalendarFeed = components['schemas']['CalendarFeedOut'];

export const calendarFeedsQuery = queryOptions({
  queryKey: ['calendar-feeds'],
  queryFn: () => unwrap(api.GET('/community/me/calendar-feeds')),
  staleTime: 60_000,
});

/** Its address is in the answer, and nowhere else. */
export function makeFeed(label: string) {
  return unwrap(api.POST('/community/me/calendar-feeds', { body: { label } }));
}

export function withdrawFeed(id: string) {
  return unwrap(
    api.DELETE('/community/me/calendar-feeds/{feed_id}', { params: { path: { feed_id: id } } }),
  );
}
