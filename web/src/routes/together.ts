import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { gatheringQuery, gatheringsQuery } from '../queries/gatherings';
import { notificationsQuery } from '../queries/notifications';
import { operationsOf } from '../queries/operations';
import { pollQuery, pollsQuery } from '../queries/polls';
import { inside } from './root';

const together = createRoute({
  getParentRoute: () => inside,
  path: '/together',
  component: lazyRouteComponent(() => import('../pages/Together'), 'Together'),
  loader: ({ context: { queries, me } }) => {
    void queries.prefetchQuery(pollsQuery(operationsOf(me)));
    void queries.prefetchQuery(gatheringsQuery);
  },
});

const gatherings = createRoute({
  getParentRoute: () => inside,
  path: '/gatherings',
  component: lazyRouteComponent(() => import('../pages/Gatherings'), 'Gatherings'),
  loader: ({ context }) => void context.queries.prefetchQuery(gatheringsQuery),
});

const gathering = createRoute({
  getParentRoute: () => inside,
  path: '/gatherings/$gathering',
  component: lazyRouteComponent(() => import('../pages/Gathering'), 'Gathering'),
  loader: ({ context, params }) =>
    void context.queries.prefetchQuery(gatheringQuery(params.gathering)),
});

const poll = createRoute({
  getParentRoute: () => inside,
  path: '/polls/$operation/$poll',
  component: lazyRouteComponent(() => import('../pages/poll/Poll'), 'Poll'),
  loader: ({ context, params }) =>
    void context.queries.prefetchQuery(pollQuery(params.operation, params.poll)),
});

const news = createRoute({
  getParentRoute: () => inside,
  path: '/news',
  component: lazyRouteComponent(() => import('../pages/News'), 'News'),
});

const article = createRoute({
  getParentRoute: () => inside,
  path: '/news/$article',
  component: lazyRouteComponent(() => import('../pages/Article'), 'Article'),
});

const challenge = createRoute({
  getParentRoute: () => inside,
  path: '/challenges/$operation/$challenge',
  component: lazyRouteComponent(() => import('../pages/challenge/Challenge'), 'Challenge'),
});

const notifications = createRoute({
  getParentRoute: () => inside,
  path: '/notifications',
  component: lazyRouteComponent(() => import('../pages/Notifications'), 'Notifications'),
  loader: ({ context }) => void context.queries.prefetchInfiniteQuery(notificationsQuery),
});

const notificationSettings = createRoute({
  getParentRoute: () => inside,
  path: '/notifications/settings',
  component: lazyRouteComponent(
    () => import('../pages/NotificationSettings'),
    'NotificationSettings',
  ),
});

/** What members do together, and what they are told. */
export const togetherRoutes = [
  together,
  gatherings,
  gathering,
  poll,
  news,
  article,
  challenge,
  notifications,
  notificationSettings,
];
