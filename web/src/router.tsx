import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  notFound,
  redirect,
} from '@tanstack/react-router';
import { Invitation } from './pages/Invitation';
import { LogIn } from './pages/LogIn';
import { Month } from './pages/Month';
import { Broken, NotFound, Shell } from './pages/Shell';
import { meQuery, pointOf } from './queries/me';
import { lastMonthWithShares, monthQuery, monthsQuery } from './queries/months';
import { isOwnAddress } from './words/addresses';
import { isMonth, monthAt } from './words/dates';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NotFound,
});

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/log-in',
  component: LogIn,
  validateSearch: ({ next }): { next?: string } =>
    typeof next === 'string' && isOwnAddress(next) ? { next } : {},
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: Invitation,
});

/** The parent of all pages that are for who is logged in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/log-in', search: { next: location.href } });
    return { me };
  },
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: async ({ context }) => {
    const point = pointOf(context.me, 1);
    const months = point
      ? await context.queries.ensureQueryData(monthsQuery(point.operation_id, point.prm))
      : [];
    const month = lastMonthWithShares(months) ?? monthAt(new Date());
    throw redirect({ to: '/month/$month', params: { month }, search: { point: 1 } });
  },
});

const month = createRoute({
  getParentRoute: () => inside,
  path: '/month/$month',
  component: Month,
  validateSearch: (search): { point: number } => ({
    point: Math.max(1, Math.floor(Number(search.point)) || 1),
  }),
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw notFound();
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    const point = pointOf(context.me, deps.point);
    // What fails is told by the page, which has a button to try again.
    if (point) {
      const { operation_id, prm } = point;
      void context.queries.prefetchQuery(monthQuery(operation_id, prm, params.month));
      void context.queries.prefetchQuery(monthsQuery(operation_id, prm));
    }
  },
});

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([logIn, invitation, inside.addChildren([home, month])]),
    context: { queries },
    defaultErrorComponent: ({ error }) => <Broken error={error as Error} />,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
