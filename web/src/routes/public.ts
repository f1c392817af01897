import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { publicOperationQuery, publicOperationsQuery } from '../queries/publicOperations';
import { isGuide } from '../words/guides';
import { root } from './root';

// What fails is told by the page, which has a button to try again.
const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  component: lazyRouteComponent(() => import('../pages/Operations'), 'Operations'),
  loader: ({ context }) => void context.queries.prefetchQuery(publicOperationsQuery),
});

const operation = createRoute({
  getParentRoute: () => root,
  path: '/operations/$operation',
  component: lazyRouteComponent(() => import('../pages/Operation'), 'Operation'),
  loader: ({ context, params }) =>
    void context.queries.prefetchQuery(publicOperationQuery(params.operation)),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('../pages/SignUp'), 'SignUp'),
  validateSearch: ({ operation }): { operation?: string } =>
    typeof operation === 'string' ? { operation } : {},
});

const request = createRoute({
  getParentRoute: () => root,
  path: '/request',
  component: lazyRouteComponent(() => import('../pages/Request'), 'Request'),
});

const requestState = createRoute({
  getParentRoute: () => root,
  path: '/requests/$request',
  component: lazyRouteComponent(() => import('../pages/RequestState'), 'RequestState'),
});

const legal = createRoute({
  getParentRoute: () => root,
  path: '/about/legal',
  component: lazyRouteComponent(() => import('../pages/Legal'), 'Legal'),
});

const privacy = createRoute({
  getParentRoute: () => root,
  path: '/about/privacy',
  component: lazyRouteComponent(() => import('../pages/Privacy'), 'Privacy'),
});

const guide = createRoute({
  getParentRoute: () => root,
  path: '/help/$guide',
  component: lazyRouteComponent(() => import('../pages/Guide'), 'Guide'),
  beforeLoad: ({ params }) => {
    if (!isGuide(params.guide)) throw notFound();
  },
});

/** What anybody may see, and ask for, without an account. */
export const publicRoutes = [
  operations,
  operation,
  signUp,
  request,
  requestState,
  legal,
  privacy,
  guide,
];
