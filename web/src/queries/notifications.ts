import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type Notification = components['schemas']['NotificationOut'];
export type ChosenChannel = components['schemas']['ChannelOut'];
export type Channels = components['schemas']['ChannelsIn']['channels'];

const PAGE = 30;

/** The newest first; a page after another. */
export const notificationsQuery = infiniteQueryOptions({
  queryKey: ['notifications'],
  queryFn: ({ pageParam: after }) =>
    unwrap(
      api.GET('/community/me/notifications', {
        params: { query: { limit: PAGE, ...(after ? { after } : {}) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ notifications }) =>
    notifications.length < PAGE ? undefined : notifications.at(-1)?.id,
  staleTime: 30_000,
});

export const channelsQuery = queryOptions({
  queryKey: ['notification-channels'],
  queryFn: () => unwrap(api.GET('/community/me/notification-channels')),
  staleTime: 60_000,
});

/** null: all. */
export function markSeen(ids: string[] | null) {
  return unwrap(api.POST('/community/me/notifications/seen', { body: { ids } }));
}

export function chooseChannels(channels: Channels) {
  return unwrap(api.PUT('/community/me/notification-channels', { body: { channels } }));
}
